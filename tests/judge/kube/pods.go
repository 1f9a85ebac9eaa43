//go:build since30

package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"sort"
	_ "unsafe" // for go:linkname

	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/kubernetes/pkg/controller"
	daemonutil "k8s.io/kubernetes/pkg/controller/daemon/util"
	"k8s.io/kubernetes/pkg/controller/job"
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

//go:linkname syncJob k8s.io/kubernetes/pkg/controller/job.(*Controller).syncJob
func syncJob(c *job.Controller, ctx context.Context, key string) error

// podsOf are the pods of a workload, as its controller would create them.
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
		return "Job " + each.Namespace + " " + each.Name, created(each)
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
		pod.Name = ended(prefix+"-", parent, count)
		pod.Namespace = parent.GetNamespace()
		pods = append(pods, pod)
	}
	return pods
}

// created are the pods that the Job controller creates when it first sees a Job.
func created(each *batch.Job) (pods []*v1.Pod) {
	client := fake.NewSimpleClientset(each)
	client.PrependReactor("create", "pods", func(action clienttesting.Action) (bool, runtime.Object, error) {
		pod := action.(clienttesting.CreateAction).GetObject().(*v1.Pod)
		pods = append(pods, pod)
		return true, pod, nil
	})
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	factory := informers.NewSharedInformerFactory(client, 0)
	told, err := newJobController(ctx, client, factory)
	if err != nil {
		panic(err)
	}
	factory.Batch().V1().Jobs().Informer().GetIndexer().Add(each)
	if err := syncJob(told, ctx, each.Namespace+"/"+each.Name); err != nil {
		panic(err)
	}
	sort.Slice(pods, func(i, j int) bool { return pods[i].Spec.Hostname < pods[j].Spec.Hostname })
	for count, pod := range pods {
		pod.Name = ended(pod.GenerateName, each, count)
		pod.Namespace = each.Namespace
	}
	return pods
}

// ended is a name with an ending that looks random.
func ended(prefix string, parent metav1.Object, count int) string {
	ending := fnv.New32()
	fmt.Fprintf(ending, "%T %s %s %d", parent, parent.GetName(), prefix, count)
	return fmt.Sprintf("%s%05x", prefix, ending.Sum32()&0xfffff)
}
