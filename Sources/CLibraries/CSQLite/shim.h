#ifndef LIENTHONG_CSQLITE_SHIM_H
#define LIENTHONG_CSQLITE_SHIM_H
#include <sqlite3.h>
#endif
