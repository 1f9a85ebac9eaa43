//go:build !since31

package main

import (
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/generic"
)

func (o options) GetRESTOptions(resource schema.GroupResource) (generic.RESTOptions, error) {
	return o.of(resource)
}
