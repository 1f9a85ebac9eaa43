//go:build since30 && !since36

package main

import (
	"context"
	_ "unsafe" // for go:linkname

	"k8s.io/client-go/informers"
	clientset "k8s.io/client-go/kubernetes"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/endpointslicemirroring"
	"k8s.io/kubernetes/pkg/controller/job"
)

//go:linkname syncEndpoints k8s.io/kubernetes/pkg/controller/endpointslicemirroring.(*Controller).syncEndpoints
func syncEndpoints(c *endpointslicemirroring.Controller, logger klog.Logger, key string) error

func mirror(ctx context.Context, c *endpointslicemirroring.Controller, key string) error {
	return syncEndpoints(c, klog.FromContext(ctx), key)
}

func newJobController(
	ctx context.Context, client clientset.Interface, factory informers.SharedInformerFactory,
) (*job.Controller, error) {
	return job.NewController(ctx, factory.Core().V1().Pods(), factory.Batch().V1().Jobs(), client)
}
