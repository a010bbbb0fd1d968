import Glibc

/// Takes a file away.
func unlinkFile(_ path: String) { unlink(path) }
