#ifndef LIENTHONG_CCURL_SHIM_H
#define LIENTHONG_CCURL_SHIM_H
#include <curl/curl.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, and Swift does not import
// variadic functions; there is one shim per kind of argument, so that C checks the type.

static inline CURLcode lt_curl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode lt_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode lt_curl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode lt_curl_set_pointer(CURL *easy, CURLoption option, const void *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode lt_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}
// curl copies the bytes: the caller keeps nothing alive.
static inline CURLcode lt_curl_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t count) {
  struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
  return curl_easy_setopt(easy, option, &blob);
}

typedef size_t (*lt_curl_receiver)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode lt_curl_set_receiver(CURL *easy, CURLoption option, lt_curl_receiver receiver) {
  return curl_easy_setopt(easy, option, receiver);
}
static inline CURLcode lt_curl_set_before_request(CURL *easy, curl_prereq_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callback);
}

// A file in memory, closed in programs that are started; Glibc declares memfd_create for GNU sources alone.
static inline int lt_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */); }

// Of SSH; the key is lent for the call.
typedef int (*lt_curl_host_key_judge)(void *context, int kind, const char *key, size_t count);
static inline CURLcode lt_curl_set_host_key_judge(CURL *easy, lt_curl_host_key_judge judge) {
  return curl_easy_setopt(easy, CURLOPT_SSH_HOSTKEYFUNCTION, judge);
}
static inline CURLcode lt_curl_set_socket_watcher(CURL *easy, curl_sockopt_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, callback);
}
static inline CURLcode lt_curl_set_socket_closer(CURL *easy, curl_closesocket_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, callback);
}
typedef int (*lt_curl_progress)(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d);
static inline CURLcode lt_curl_set_progress(CURL *easy, lt_curl_progress progress) {
  return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, progress);
}

static inline CURLcode lt_curl_set_seeker(CURL *easy, curl_seek_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, callback);
}
static inline CURLcode lt_curl_set_socket_opener(CURL *easy, curl_opensocket_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline curl_socket_t lt_curl_open_socket(const struct curl_sockaddr *address) {
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Whether an IPv4 address, in host order, is one of the public internet: none of the special-purpose blocks of RFC 6890.
static inline int lt_curl_ipv4_is_public(uint32_t a) {
  return !((a >> 24) == 0 || (a >> 24) == 10 || (a >> 24) == 127 || (a >> 22) == (0x64400000u >> 22) ||
           (a >> 16) == 0xA9FE || (a >> 20) == (0xAC100000u >> 20) || (a >> 16) == 0xC0A8 || (a >> 8) == 0xC00000 ||
           (a >> 8) == 0xC00002 || (a >> 17) == (0xC6120000u >> 17) || (a >> 8) == 0xC63364 || (a >> 8) == 0xCB0071 ||
           (a >> 28) >= 0xE);
}

// In C, because Swift ascribes sockaddr's members to whichever C module it meets first.
static inline int lt_curl_address_is_public(const struct curl_sockaddr *address) {
  if (address->family == AF_INET) {
    struct sockaddr_in v4;
    memcpy(&v4, &address->addr, sizeof v4);
    return lt_curl_ipv4_is_public(ntohl(v4.sin_addr.s_addr));
  }
  if (address->family != AF_INET6 || address->addrlen < sizeof(struct sockaddr_in6)) return 0;
  // The address of an IPv6 socket is longer than the member it lies in; libcurl leaves room behind it.
  struct sockaddr_in6 v6;
  memcpy(&v6, (const char *)address + offsetof(struct curl_sockaddr, addr), sizeof v6);
  const unsigned char *b = v6.sin6_addr.s6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
    return lt_curl_ipv4_is_public((uint32_t)b[12] << 24 | (uint32_t)b[13] << 16 | (uint32_t)b[14] << 8 | b[15]);
  }
  // Only 2000::/3 is given out; documentation, 6to4 and Teredo within it lead nowhere or somewhere else.
  if ((b[0] & 0xE0) != 0x20) return 0;
  if (b[0] == 0x20 && b[1] == 0x02) return 0;
  if (b[0] == 0x20 && b[1] == 0x01 && (b[2] < 0x02 || (b[2] == 0x0D && b[3] == 0xB8))) return 0;
  return 1;
}

static inline long lt_curl_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}
static inline curl_off_t lt_curl_get_offset(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}
static inline void *lt_curl_get_private(CURL *easy) {
  char *value = NULL;
  return curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

static inline CURLMcode lt_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

// CURLMsg carries its result in a union.
static inline CURLcode lt_curl_message_result(const CURLMsg *message) { return message->data.result; }
#endif
