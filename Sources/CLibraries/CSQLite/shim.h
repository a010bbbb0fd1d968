#ifndef LIENTHONG_CSQLITE_SHIM_H
#define LIENTHONG_CSQLITE_SHIM_H
#include <sqlite3.h>

// `sqlite3_config` takes its arguments variadically, which Swift cannot call.
static inline int lt_sqlite3_countNoMemory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

#endif
