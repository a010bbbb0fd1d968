#ifndef LIENTHONG_CCRYPTO_SHIM_H
#define LIENTHONG_CCRYPTO_SHIM_H
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// RFC 4514 order and escapes, except that bytes above ASCII stay UTF-8. A macro that Swift does not import.
static const unsigned long lt_readable_name_flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
#endif
