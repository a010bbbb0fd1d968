#ifndef LIENTHONG_CMICROHTTPD_SHIM_H
#define LIENTHONG_CMICROHTTPD_SHIM_H
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <stdint.h>
#include <microhttpd.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

// MHD_start_daemon and MHD_get_connection_info are variadic, and Swift does not import variadic
// functions; each shim below fixes the argument types once, where C checks them.

static inline struct MHD_Daemon *lt_mhd_start(
    unsigned int flags, MHD_AccessHandlerCallback handler, void *context, struct MHD_OptionItem *options) {
  return MHD_start_daemon(flags, 0, NULL, NULL, handler, context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

// The void * that the notification of a new connection left behind for this connection.
static inline void *lt_mhd_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == NULL ? NULL : info->socket_context;
}

static inline int lt_mhd_descriptor(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

// Swift ascribes sockaddr's members to whichever C module it meets first, and then asks for an import of that module; what
// looks into addresses stands here in C.

static inline int lt_address_text(const struct sockaddr *address, char *text, socklen_t size) {
  if (address->sa_family == AF_INET) {
    return inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, size) != NULL;
  }
  if (address->sa_family == AF_INET6) {
    return inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, size) != NULL;
  }
  return 0;
}

// Writes the other end's address as text.
static inline int lt_mhd_client_address(struct MHD_Connection *connection, char *text, socklen_t size) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info != NULL && info->client_addr != NULL && lt_address_text(info->client_addr, text, size);
}

// glibc declares it only with _GNU_SOURCE, which Swift does not define.
int accept4(int, struct sockaddr *, socklen_t *, int);

// A connection that was accepted and belongs to nobody yet.
struct lt_accepted {
  int descriptor;
  socklen_t length;
  _Alignas(struct sockaddr_storage) unsigned char address[sizeof(struct sockaddr_storage)];
};

// Waits for the next connection; its descriptor is -1, with errno, where the kernel gives none.
static inline struct lt_accepted lt_accept(int listening) {
  struct lt_accepted accepted = {-1, sizeof(struct sockaddr_storage), {0}};
  accepted.descriptor =
      accept4(listening, (struct sockaddr *)accepted.address, &accepted.length, SOCK_CLOEXEC | SOCK_NONBLOCK);
  return accepted;
}

static inline int lt_accepted_address(const struct lt_accepted *accepted, char *text, socklen_t size) {
  return lt_address_text((const struct sockaddr *)accepted->address, text, size);
}

// Whatever comes back, the descriptor is the library's: where it cannot serve the connection, it has closed it.
static inline enum MHD_Result lt_mhd_serve(struct MHD_Daemon *daemon, const struct lt_accepted *accepted) {
  return MHD_add_connection(
      daemon, accepted->descriptor, (const struct sockaddr *)accepted->address, accepted->length);
}

// Bytes of the head, from the first byte of the method to the last byte of the empty line; 0 before it is known.
static inline size_t lt_mhd_head_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info == NULL ? 0 : info->header_size;
}

// NULL on a connection without TLS.
static inline gnutls_session_t lt_mhd_tls_session(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  return info == NULL ? NULL : (gnutls_session_t)info->tls_session;
}

// gnutls_free is a global function pointer, which Swift takes for shared mutable state.
static inline void lt_gnutls_free(void *bytes) { gnutls_free(bytes); }
#endif
