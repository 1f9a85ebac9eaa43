//go:build !since30

package main

// wiring is none: the k8s.io/endpointslice of these versions is not to be had.
func wiring() judge {
	return func([]byte) any { return nil }
}
