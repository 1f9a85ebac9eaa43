//go:build since30

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"time"
	_ "unsafe" // for go:linkname

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
	"k8s.io/kubernetes/pkg/controller/endpointslice"
	"k8s.io/kubernetes/pkg/controller/endpointslicemirroring"
)

// What the controllers keep to themselves is called all the same, rather than written anew.

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
	Addresses []string          `json:"addresses,omitempty"`
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
			Unready bool              `json:"unready"`
		}
		if err := json.Unmarshal(line, &world); err != nil {
			return Wired{Rejected: []Error{{Type: "Decode", Text: err.Error()}}}
		}
		return wire(world.Objects, !world.Unready)
	}
}

// wire creates the objects and all that follows from them; the pods become ready, or never do.
func wire(objects []json.RawMessage, ready bool) Wired {
	wired := Wired{Pods: []Pod{}, Services: []*v1.Service{}, Slices: []*discovery.EndpointSlice{}}
	var made []*v1.Pod
	var written []*v1.Endpoints
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
		case *v1.Endpoints:
			written = append(written, each)
		default:
			made = append(made, wired.create(each, ready)...)
		}
	}
	wired.Slices = append(wired.Slices, slices(wired.Services, made, written)...)
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
func (w *Wired) create(workload runtime.Object, ready bool) (made []*v1.Pod) {
	owner, pods := podsOf(workload)
	for _, pod := range pods {
		pod.TypeMeta = metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}
		raw, _ := json.Marshal(pod)
		object, verdict := admit(raw)
		if verdict.Accepted {
			pod = published(object).(*v1.Pod)
			start(pod, len(w.Pods)+1, ready)
			made = append(made, pod)
		}
		var addresses []string
		for _, each := range pod.Status.PodIPs {
			addresses = append(addresses, each.IP)
		}
		w.Pods = append(w.Pods, Pod{
			pod.Namespace, pod.Name, owner, pod.Labels, pod.Spec.Hostname, pod.Spec.Subdomain, addresses, verdict.Errors,
		})
	}
	return made
}

// start gives a pod what the scheduler and the kubelet would: a node, addresses and a condition.
func start(pod *v1.Pod, number int, ready bool) {
	pod.Spec.NodeName = "node"
	first, second := fmt.Sprintf("10.244.0.%d", number), fmt.Sprintf("fd00:10:244::%x", number)
	status := v1.ConditionFalse
	if ready {
		status = v1.ConditionTrue
	}
	pod.Status = v1.PodStatus{
		Phase:      v1.PodRunning,
		PodIP:      first,
		PodIPs:     []v1.PodIP{{IP: first}, {IP: second}},
		Conditions: []v1.PodCondition{{Type: v1.PodReady, Status: status}},
	}
}

// slices are those that the EndpointSlice controller makes for the Services, and those that mirror
// Endpoints.
func slices(services []*v1.Service, pods []*v1.Pod, written []*v1.Endpoints) (found []*discovery.EndpointSlice) {
	client := fake.NewSimpleClientset()
	client.PrependReactor("create", "endpointslices", func(action clienttesting.Action) (bool, runtime.Object, error) {
		slice := action.(clienttesting.CreateAction).GetObject().(*discovery.EndpointSlice)
		slice.Name = fmt.Sprintf("%s%d", slice.GenerateName, len(found))
		found = append(found, slice)
		return true, slice, nil
	})
	factory := informers.NewSharedInformerFactory(client, 0)
	core, listed := factory.Core().V1(), factory.Discovery().V1().EndpointSlices()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	told := endpointslice.NewController(
		ctx, core.Pods(), core.Services(), core.Nodes(), listed, 100, client, time.Second)
	mirroring := endpointslicemirroring.NewController(
		ctx, core.Endpoints(), listed, core.Services(), 1000, client, time.Second)
	core.Nodes().Informer().GetIndexer().Add(&v1.Node{ObjectMeta: metav1.ObjectMeta{Name: "node"}})
	for _, pod := range pods {
		core.Pods().Informer().GetIndexer().Add(pod)
	}
	for _, service := range services {
		core.Services().Informer().GetIndexer().Add(service)
	}
	for _, endpoints := range written {
		core.Endpoints().Informer().GetIndexer().Add(endpoints)
	}
	for _, service := range services {
		if err := syncService(told, klog.Background(), service.Namespace+"/"+service.Name); err != nil {
			panic(err)
		}
	}
	for _, endpoints := range written {
		if err := mirror(ctx, mirroring, endpoints.Namespace+"/"+endpoints.Name); err != nil {
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
