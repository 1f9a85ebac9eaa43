package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	kjson "k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apiserver/pkg/endpoints/deprecation"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/apis/discovery/install"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	"k8s.io/kubernetes/pkg/capabilities"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/core/endpoint"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/discovery/endpointslice"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
)

// strategies are those the API server creates objects by; Services have a store of their own.
var strategies = map[string]rest.RESTCreateStrategy{
	"v1 Endpoints":                           endpoint.Strategy,
	"v1 Pod":                                 pod.Strategy,
	"v1 Service":                             nil,
	"apps/v1 DaemonSet":                      daemonset.Strategy,
	"apps/v1 Deployment":                     deployment.Strategy,
	"apps/v1 ReplicaSet":                     replicaset.Strategy,
	"apps/v1 StatefulSet":                    statefulset.Strategy,
	"autoscaling/v1 HorizontalPodAutoscaler": horizontalpodautoscaler.Strategy,
	"autoscaling/v2 HorizontalPodAutoscaler": horizontalpodautoscaler.Strategy,
	"batch/v1 CronJob":                       cronjob.Strategy,
	"batch/v1 Job":                           job.Strategy,
	"discovery.k8s.io/v1 EndpointSlice":      endpointslice.Strategy,
	"networking.k8s.io/v1 Ingress":           ingress.Strategy,
	"networking.k8s.io/v1 NetworkPolicy":     networkpolicy.Strategy,
	"policy/v1 PodDisruptionBudget":          poddisruptionbudget.Strategy,
}

// Error is one reason to reject an object.
type Error struct {
	Field string `json:"field"`
	Type  string `json:"type"`
	Text  string `json:"text"`
}

// Verdict is what the API server says of an object.
type Verdict struct {
	Accepted bool     `json:"accepted"`
	Errors   []Error  `json:"errors,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

// heard collects warnings, as the API server sends them to the client.
type heard struct{ texts []string }

func (h *heard) AddWarning(agent, text string) { h.texts = append(h.texts, text) }

func admission() judge {
	capabilities.Setup(true, 0) // as all that set up clusters do
	return func(line []byte) any {
		_, verdict := admit(line)
		return verdict
	}
}

// admit creates an object as the API server does: decoded strictly, defaulted, prepared, validated.
func admit(line []byte) (object runtime.Object, verdict Verdict) {
	defer func() {
		if told := recover(); told != nil {
			verdict = Verdict{Errors: []Error{{Type: "Panic", Text: fmt.Sprint(told) + string(debug.Stack())}}}
		}
	}()
	object, kind, errs := decode(line)
	if object == nil || len(errs) > 0 {
		return nil, Verdict{Errors: errs}
	}
	said := &heard{texts: deprecated(kind)}
	if err := create(object, said); err != nil {
		errs = append(errs, causes(err)...)
	}
	return object, Verdict{Accepted: len(errs) == 0, Errors: errs, Warnings: said.texts}
}

// decode reads an object with strict field validation, which is kubectl's default.
func decode(line []byte) (object runtime.Object, kind schema.GroupVersionKind, errs []Error) {
	var typed metav1.TypeMeta
	if err := json.Unmarshal(line, &typed); err != nil {
		return nil, kind, []Error{{Type: "Decode", Text: err.Error()}}
	}
	if _, served := strategies[typed.APIVersion+" "+typed.Kind]; !served {
		return nil, kind, []Error{{Type: "NotServed", Text: typed.APIVersion + " " + typed.Kind}}
	}
	line, err := asSent(line)
	if err != nil {
		return nil, kind, []Error{{Type: "Decode", Text: err.Error()}}
	}
	gv, _ := schema.ParseGroupVersion(typed.APIVersion)
	scheme := legacyscheme.Scheme
	strict := kjson.NewSerializerWithOptions(kjson.DefaultMetaFactory, scheme, scheme, kjson.SerializerOptions{Strict: true})
	hub := schema.GroupVersion{Group: gv.Group, Version: runtime.APIVersionInternal}
	kind = gv.WithKind(typed.Kind)
	object, _, err = legacyscheme.Codecs.DecoderToVersion(strict, hub).Decode(line, &kind, nil)
	if err == nil {
		return object, kind, nil
	}
	if problems, ok := runtime.AsStrictDecodingError(err); ok && object != nil {
		for _, each := range problems.Errors() {
			errs = append(errs, Error{Type: "Strict", Text: each.Error(), Field: quoted(each.Error())})
		}
		return object, kind, errs
	}
	return nil, kind, []Error{{Type: "Decode", Text: err.Error()}}
}

// asSent is an object as kubectl sends it, which has read it into plain values first.
func asSent(line []byte) ([]byte, error) {
	var plain map[string]any
	if err := json.Unmarshal(line, &plain); err != nil {
		return nil, err
	}
	return json.Marshal(plain)
}

// deprecated is the warning that the API server gives about a whole version of a kind.
func deprecated(gvk schema.GroupVersionKind) []string {
	typed, err := legacyscheme.Scheme.New(gvk)
	if err != nil || !deprecation.IsDeprecated(typed, 1, minor()) {
		return nil
	}
	typed.GetObjectKind().SetGroupVersionKind(gvk)
	return []string{deprecation.WarningMessage(typed)}
}

// quoted is the field that a message names: unknown field "spec.foo".
func quoted(text string) string {
	parts := strings.Split(text, `"`)
	if len(parts) < 3 {
		return ""
	}
	return parts[1]
}

// create does what the store of the API server does before it writes.
func create(object runtime.Object, said *heard) error {
	accessor, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	if accessor.GetNamespace() == "" {
		accessor.SetNamespace("default")
	}
	ctx := request.WithNamespace(context.Background(), accessor.GetNamespace())
	ctx = warning.WithWarningRecorder(ctx, said)
	kinds, _, err := legacyscheme.Scheme.ObjectKinds(object)
	if err != nil {
		return err
	}
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: true, Verb: "create", APIGroup: kinds[0].Group, APIVersion: "v1",
		Namespace: accessor.GetNamespace(), Name: accessor.GetName(),
		Resource: strings.ToLower(kinds[0].Kind) + "s",
	})
	if kinds[0].Kind == "Service" {
		return createService(ctx, object)
	}
	strategy := strategyOf(kinds[0])
	rest.FillObjectMetaSystemFields(accessor)
	if accessor.GetGenerateName() != "" && accessor.GetName() == "" {
		accessor.SetName(strategy.GenerateName(accessor.GetGenerateName()))
	}
	return rest.BeforeCreate(strategy, ctx, object)
}

func strategyOf(kind schema.GroupVersionKind) rest.RESTCreateStrategy {
	for _, version := range []string{"v1", "v2"} {
		gv := schema.GroupVersion{Group: kind.Group, Version: version}
		if strategy := strategies[gv.String()+" "+kind.Kind]; strategy != nil {
			return strategy
		}
	}
	return nil
}

// causes are the reasons in the answer of the API server.
func causes(err error) []Error {
	var status apierrors.APIStatus
	if !errors.As(err, &status) || status.Status().Details == nil || len(status.Status().Details.Causes) == 0 {
		return []Error{{Type: "Error", Text: err.Error()}}
	}
	var errs []Error
	for _, cause := range status.Status().Details.Causes {
		errs = append(errs, Error{Field: cause.Field, Type: string(cause.Type), Text: cause.Message})
	}
	return errs
}
