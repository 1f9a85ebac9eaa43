package main

import (
	"context"
	"net"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apiserver/pkg/registry/generic"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/storage"
	"k8s.io/apiserver/pkg/storage/storagebackend"
	"k8s.io/apiserver/pkg/storage/storagebackend/factory"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	api "k8s.io/kubernetes/pkg/apis/core"
	"k8s.io/kubernetes/pkg/registry/core/service/ipallocator"
	"k8s.io/kubernetes/pkg/registry/core/service/portallocator"
	servicestorage "k8s.io/kubernetes/pkg/registry/core/service/storage"
)

// nothing is a store that holds no object and takes any.
type nothing struct{ storage.Interface }

func (nothing) Versioner() storage.Versioner { return storage.APIObjectVersioner{} }

func (nothing) Get(_ context.Context, key string, _ storage.GetOptions, _ runtime.Object) error {
	return storage.NewKeyNotFoundError(key, 0)
}

// options hand out the store that holds nothing.
type options struct{}

func (options) of(resource schema.GroupResource) (generic.RESTOptions, error) {
	decorator := func(
		_ *storagebackend.ConfigForResource, _ string, _ func(runtime.Object) (string, error),
		_, _ func() runtime.Object, _ storage.AttrFunc, _ storage.IndexerFuncs, _ *cache.Indexers,
	) (storage.Interface, factory.DestroyFunc, error) {
		return nothing{}, func() {}, nil
	}
	codec := legacyscheme.Codecs.LegacyCodec(schema.GroupVersion{Version: "v1"})
	config := &storagebackend.ConfigForResource{
		Config: storagebackend.Config{Codec: codec}, GroupResource: resource,
	}
	return generic.RESTOptions{StorageConfig: config, Decorator: decorator, ResourcePrefix: resource.Resource}, nil
}

// services is the store of Services of a cluster with two families, IPv4 first, as the API server
// makes it: the addresses and ports of a dry run are those of a fresh cluster.
var services = func() *servicestorage.REST {
	allocators := map[api.IPFamily]ipallocator.Interface{}
	for family, text := range map[api.IPFamily]string{
		api.IPv4Protocol: "10.96.0.0/12", api.IPv6Protocol: "fd00:10:96::/112",
	} {
		_, cidr, err := net.ParseCIDR(text)
		if err != nil {
			panic(err)
		}
		allocators[family], err = ipallocator.NewInMemory(cidr)
		if err != nil {
			panic(err)
		}
	}
	ports, err := portallocator.NewInMemory(utilnet.PortRange{Base: 30000, Size: 2768})
	if err != nil {
		panic(err)
	}
	store, _, _, err := servicestorage.NewREST(options{}, api.IPv4Protocol, allocators, ports, nil, nil, nil)
	if err != nil {
		panic(err)
	}
	return store
}()

func createService(ctx context.Context, object runtime.Object) error {
	dry := &metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}}
	_, err := services.Create(ctx, object, rest.ValidateAllObjectFunc, dry)
	return err
}
