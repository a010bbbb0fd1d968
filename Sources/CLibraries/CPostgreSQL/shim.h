#ifndef LIENTHONG_CPOSTGRESQL_SHIM_H
#define LIENTHONG_CPOSTGRESQL_SHIM_H
#include <libpq-fe.h>

// The fields of an error are named by character macros, which Swift imports as other types on other machines; only
// the fields that may be shown are offered. DETAIL, HINT and CONTEXT repeat values of rows and are not among them.

static inline const char *lt_pq_sqlstate(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}
// The severity in English whatever lc_messages says: ERROR, FATAL, PANIC, WARNING …
static inline const char *lt_pq_severity(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
}
static inline const char *lt_pq_message(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}
static inline const char *lt_pq_table(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_TABLE_NAME);
}
static inline const char *lt_pq_column(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_COLUMN_NAME);
}
static inline const char *lt_pq_constraint(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
}
#endif
