#ifndef LIENTHONG_CSYSTEM_SHIM_H
#define LIENTHONG_CSYSTEM_SHIM_H
#include <sys/prctl.h>

// Wrapper around prctl, which is variadic and cannot be called from Swift. Names the calling thread; the kernel keeps
// the first 15 bytes.
static inline void lienthong_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
#endif
