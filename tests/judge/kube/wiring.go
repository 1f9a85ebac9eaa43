package main

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"sort"
	"time"
	_ "unsafe" // for go:linkname

	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	v1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/controller"
	daemonutil "k8s.io/kubernetes/pkg/controller/daemon/util"
	"k8s.io/kubernetes/pkg/controller/endpointslice"
	_ "k8s.io/kubernetes/pkg/controller/statefulset"
)

// What the controllers keep to themselves is called all the same, rather than written anew.

//go:linkname newStatefulSetPod k8s.io/kubernetes/pkg/controller/statefulset.newStatefulSetPod
func newStatefulSetPod(set *apps.StatefulSet, ordinal int) *v1.Pod

//go:linkname getStartOrdinal k8s.io/kubernetes/pkg/controller/statefulset.getStartOrdinal
func getStartOrdinal(set *apps.StatefulSet) int

//go:linkname getEndOrdinal k8s.io/kubernetes/pkg/controller/statefulset.getEndOrdinal
func getEndOrdinal(set *apps.StatefulSet) int

//go:linkname setPodRevision k8s.io/kubernetes/pkg/controller/statefulset.setPodRevision
func setPodRevision(pod *v1.Pod, revision string)

//go:linkname syncService k8s.io/kubernetes/pkg/controller/endpointslice.(*Controller).syncService
func syncService(c *endpointslice.Controller, logger klog.Logger, key string) error

// Pod is a pod that comes to be, or cannot.
type Pod struct {
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Owner     string            `json:"owner"`
	Labels    map[string]string `json:"labels"`
	Hostname  string            `json:"hostname"`
	Subdomain string            `json:"subdomain"`
	Errors    []Error           `json:"errors,omitempty"`
}

// Wired is what the controllers make of the objects of a world.
type Wired struct {
	Rejected []Error                    `json:"rejected,omitempty"`
	Pods     []Pod                      `json:"pods"`
	Services []*v1.Service              `json:"services"`
	Slices   []*discovery.EndpointSlice `json:"slices"`
}

func wiring() judge {
	return func(line []byte) any {
		var world struct {
			Objects []json.RawMessage `json:"objects"`
		}
		if err := json.Unmarshal(line, &world); err != nil {
			return Wired{Rejected: []Error{{Type: "Decode", Text: err.Error()}}}
		}
		return wire(world.Objects)
	}
}

func wire(objects []json.RawMessage) Wired {
	wired := Wired{Pods: []Pod{}, Services: []*v1.Service{}, Slices: []*discovery.EndpointSlice{}}
	var made []*v1.Pod
	for _, raw := range objects {
		object, verdict := admit(raw)
		if !verdict.Accepted {
			wired.Rejected = append(wired.Rejected, verdict.Errors...)
			return wired
		}
		switch each := published(object).(type) {
		case *v1.Service:
			wired.Services = append(wired.Services, each)
		case *discovery.EndpointSlice:
			wired.Slices = append(wired.Slices, each)
		default:
			made = append(made, wired.create(each)...)
		}
	}
	wired.Slices = append(wired.Slices, slices(wired.Services, made)...)
	return wired
}

// published is an object as clients see it after it was stored, which is in protobuf's form: an
// empty mapping comes back as none.
func published(object runtime.Object) runtime.Object {
	kinds, _, err := legacyscheme.Scheme.ObjectKinds(object)
	if err != nil {
		panic(err)
	}
	version := kinds[0].GroupKind().WithVersion("v1").GroupVersion()
	stored := protobuf.NewSerializer(legacyscheme.Scheme, legacyscheme.Scheme)
	text, err := runtime.Encode(legacyscheme.Codecs.EncoderForVersion(stored, version), object)
	if err != nil {
		panic(err)
	}
	found, _, err := stored.Decode(text, nil, nil)
	if err != nil {
		panic(err)
	}
	return found
}

// create makes the pods of a workload, as its controller does and the API server takes them.
func (w *Wired) create(workload runtime.Object) (made []*v1.Pod) {
	owner, pods := podsOf(workload)
	for _, pod := range pods {
		pod.TypeMeta = metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}
		raw, _ := json.Marshal(pod)
		object, verdict := admit(raw)
		if verdict.Accepted {
			pod = published(object).(*v1.Pod)
			number := len(w.Pods) + 1
			pod.Status = v1.PodStatus{
				Phase:      v1.PodRunning,
				PodIP:      fmt.Sprintf("10.244.0.%d", number),
				PodIPs:     []v1.PodIP{{IP: fmt.Sprintf("10.244.0.%d", number)}},
				Conditions: []v1.PodCondition{{Type: v1.PodReady, Status: v1.ConditionTrue}},
			}
			pod.Spec.NodeName = "node"
			made = append(made, pod)
		}
		w.Pods = append(w.Pods, Pod{
			pod.Namespace, pod.Name, owner, pod.Labels, pod.Spec.Hostname, pod.Spec.Subdomain, verdict.Errors,
		})
	}
	return made
}

func podsOf(workload runtime.Object) (owner string, pods []*v1.Pod) {
	switch each := workload.(type) {
	case *v1.Pod:
		return "Pod " + each.Namespace + " " + each.Name, []*v1.Pod{each}
	case *apps.StatefulSet:
		for ordinal := getStartOrdinal(each); ordinal <= getEndOrdinal(each); ordinal++ {
			pod := newStatefulSetPod(each, ordinal)
			setPodRevision(pod, each.Name+"-7d9c")
			pods = append(pods, pod)
		}
		return "StatefulSet " + each.Namespace + " " + each.Name, pods
	case *apps.Deployment:
		template := each.Spec.Template.DeepCopy()
		hash := controller.ComputeHash(template, nil)
		template.Labels["pod-template-hash"] = hash
		pods = copies(template, each, int(*each.Spec.Replicas), each.Name+"-"+hash)
		return "Deployment " + each.Namespace + " " + each.Name, pods
	case *apps.ReplicaSet:
		pods = copies(&each.Spec.Template, each, int(*each.Spec.Replicas), each.Name)
		return "ReplicaSet " + each.Namespace + " " + each.Name, pods
	case *apps.DaemonSet:
		template := daemonutil.CreatePodTemplate(each.Spec.Template, nil, "6b8f")
		return "DaemonSet " + each.Namespace + " " + each.Name, copies(&template, each, 1, each.Name)
	case *batch.Job:
		return "Job " + each.Namespace + " " + each.Name, copies(&each.Spec.Template, each, 1, each.Name)
	}
	return "", nil
}

// copies are the pods of a workload that tells them apart by random endings only.
func copies(template *v1.PodTemplateSpec, parent metav1.Object, number int, prefix string) (pods []*v1.Pod) {
	for count := 0; count < number; count++ {
		pod, err := controller.GetPodFromTemplate(template, parent.(runtime.Object), nil)
		if err != nil {
			panic(err)
		}
		ending := fnv.New32()
		fmt.Fprintf(ending, "%T %s %d", parent, prefix, count)
		pod.Name = fmt.Sprintf("%s-%05x", prefix, ending.Sum32()&0xfffff)
		pod.Namespace = parent.GetNamespace()
		pods = append(pods, pod)
	}
	return pods
}

// slices are those that the EndpointSlice controller makes for the Services.
func slices(services []*v1.Service, pods []*v1.Pod) (found []*discovery.EndpointSlice) {
	client := fake.NewClientset()
	client.PrependReactor("create", "endpointslices", func(action clienttesting.Action) (bool, runtime.Object, error) {
		slice := action.(clienttesting.CreateAction).GetObject().(*discovery.EndpointSlice)
		slice.Name = fmt.Sprintf("%s%d", slice.GenerateName, len(found))
		found = append(found, slice)
		return true, slice, nil
	})
	factory := informers.NewSharedInformerFactory(client, 0)
	core := factory.Core().V1()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	told := endpointslice.NewController(
		ctx, core.Pods(), core.Services(), core.Nodes(), factory.Discovery().V1().EndpointSlices(), 100, client, time.Second)
	core.Nodes().Informer().GetIndexer().Add(&v1.Node{ObjectMeta: metav1.ObjectMeta{Name: "node"}})
	for _, pod := range pods {
		core.Pods().Informer().GetIndexer().Add(pod)
	}
	for _, service := range services {
		core.Services().Informer().GetIndexer().Add(service)
	}
	for _, service := range services {
		if err := syncService(told, klog.Background(), service.Namespace+"/"+service.Name); err != nil {
			panic(err)
		}
	}
	for _, slice := range found {
		sort.Slice(slice.Endpoints, func(i, j int) bool {
			return slice.Endpoints[i].Addresses[0] < slice.Endpoints[j].Addresses[0]
		})
	}
	return found
}
