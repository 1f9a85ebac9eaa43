// The judge of Kubernetes' own code: objects in, verdicts out, one JSON line each.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// told is called with each line of standard input; its answer is printed as a line of JSON.
type judge func(line []byte) any

func main() {
	judges := map[string]judge{"admission": admission(), "wiring": wiring(), "version": nil}
	name := "admission"
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	told, known := judges[name]
	if !known {
		fmt.Fprintln(os.Stderr, "usage: judge admission|wiring|version < LINES")
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if told == nil {
		encoder.Encode(versions())
		out.Flush()
		return
	}
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			encoder.Encode(told(line))
			if lines.Buffered() == 0 {
				out.Flush()
			}
		}
		if err != nil {
			break
		}
	}
	out.Flush()
}

// versions are those of the modules that the verdicts come from.
func versions() map[string]string {
	found := map[string]string{}
	info, _ := debug.ReadBuildInfo()
	for _, dep := range info.Deps {
		switch dep.Path {
		case "k8s.io/kubernetes", "k8s.io/apiserver", "k8s.io/endpointslice":
			if dep.Replace != nil {
				dep = dep.Replace
			}
			found[dep.Path] = dep.Version
		}
	}
	return found
}

// minor is the 22 of Kubernetes 1.22.
func minor() int {
	parts := strings.Split(versions()["k8s.io/kubernetes"], ".")
	number, err := strconv.Atoi(parts[1])
	if err != nil {
		panic(err)
	}
	return number
}
