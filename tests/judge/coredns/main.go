// The judge of DNS: CoreDNS' kubernetes plugin over objects in memory.
//
// A line of standard input holds Services, EndpointSlices, namespaces and questions; the answer is
// one line of JSON with what CoreDNS says to each question.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/coredns/coredns/plugin/kubernetes"
	"github.com/coredns/coredns/plugin/kubernetes/object"
	"github.com/coredns/coredns/plugin/pkg/dnstest"
	"github.com/coredns/coredns/plugin/test"
	"github.com/coredns/coredns/request"
	"github.com/miekg/dns"
	api "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// World is what there is, and what is asked.
type World struct {
	Services   []*api.Service             `json:"services"`
	Slices     []*discovery.EndpointSlice `json:"slices"`
	Namespaces []string                   `json:"namespaces"`
	Questions  []Question                 `json:"questions"`
}

// Question is a name with its dot at the end, and a type of records.
type Question struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Answer holds the records as zone files write them, without their lifetimes.
type Answer struct {
	Code    string   `json:"code"`
	Records []string `json:"records,omitempty"`
}

func main() {
	out := json.NewEncoder(os.Stdout)
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var world World
			if err := json.Unmarshal(line, &world); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			out.Encode(answers(world))
		}
		if err != nil {
			return
		}
	}
}

func answers(world World) []Answer {
	plugin := kubernetes.New([]string{"cluster.local."})
	plugin.APIConn = connection(world)
	plugin.Upstream = elsewhere{}
	told := []Answer{}
	for _, question := range world.Questions {
		message := new(dns.Msg)
		message.SetQuestion(question.Name, dns.StringToType[question.Type])
		writer := dnstest.NewRecorder(&test.ResponseWriter{})
		code, err := plugin.ServeDNS(context.Background(), writer, message)
		if err != nil {
			told = append(told, Answer{Code: err.Error()})
			continue
		}
		answer := Answer{Code: dns.RcodeToString[code]}
		if writer.Msg != nil {
			answer.Code = dns.RcodeToString[writer.Msg.Rcode]
			for _, record := range writer.Msg.Answer {
				record.Header().Ttl = 0
				answer.Records = append(answer.Records, strings.ReplaceAll(record.String(), "\t", " "))
			}
		}
		told = append(told, answer)
	}
	return told
}

// elsewhere knows no name outside the cluster.
type elsewhere struct{}

func (elsewhere) Lookup(context.Context, request.Request, string, uint16) (*dns.Msg, error) {
	return new(dns.Msg), nil
}

// memory is the plugin's connection to an API server that holds a world.
type memory struct {
	services   []*object.Service
	endpoints  []*object.Endpoints
	namespaces map[string]bool
}

func connection(world World) *memory {
	found := &memory{namespaces: map[string]bool{}}
	for _, each := range world.Services {
		service, err := object.ToService(each)
		if err != nil {
			panic(err)
		}
		found.services = append(found.services, service.(*object.Service))
	}
	for _, each := range world.Slices {
		endpoints, err := object.EndpointSliceToEndpoints(each)
		if err != nil {
			panic(err)
		}
		found.endpoints = append(found.endpoints, endpoints.(*object.Endpoints))
	}
	for _, name := range world.Namespaces {
		found.namespaces[name] = true
	}
	return found
}

func (m *memory) ServiceList() []*object.Service     { return m.services }
func (m *memory) EndpointsList() []*object.Endpoints { return m.endpoints }

func (m *memory) SvcIndex(key string) (found []*object.Service) {
	for _, each := range m.services {
		if each.Index == key {
			found = append(found, each)
		}
	}
	return found
}

func (m *memory) EpIndex(key string) (found []*object.Endpoints) {
	for _, each := range m.endpoints {
		if each.Index == key {
			found = append(found, each)
		}
	}
	return found
}

func (m *memory) GetNamespaceByName(name string) (*object.Namespace, error) {
	if !m.namespaces[name] {
		return nil, fmt.Errorf("namespace %q not found", name)
	}
	return &object.Namespace{Name: name}, nil
}

func (m *memory) GetNodeByName(context.Context, string) (*api.Node, error) {
	return &api.Node{ObjectMeta: meta.ObjectMeta{Name: "node"}}, nil
}

func (m *memory) ServiceImportList() []*object.ServiceImport       { return nil }
func (m *memory) SvcIndexReverse(string) []*object.Service         { return nil }
func (m *memory) SvcExtIndexReverse(string) []*object.Service      { return nil }
func (m *memory) SvcImportIndex(string) []*object.ServiceImport    { return nil }
func (m *memory) PodIndex(string) []*object.Pod                    { return nil }
func (m *memory) EpIndexReverse(string) []*object.Endpoints        { return nil }
func (m *memory) McEpIndex(string) []*object.MultiClusterEndpoints { return nil }
func (m *memory) Run()                                             {}
func (m *memory) HasSynced() bool                                  { return true }
func (m *memory) Stop() error                                      { return nil }
func (m *memory) Modified(kubernetes.ModifiedMode) int64           { return 0 }
