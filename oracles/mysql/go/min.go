// Go's builtin `min`, which Debian 12's compiler does not have yet: `-overlay` lays this file next to the driver's own.
package mysql

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}
