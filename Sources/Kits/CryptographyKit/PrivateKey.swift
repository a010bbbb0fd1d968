import CCrypto

/// A private key in PEM, read only to make sure that it can be used before a server is started with it.
package enum PrivateKey {
  /// Throws unless `pem` is an unencrypted private key (PKCS #8 or the older forms) that belongs to the certificate.
  package static func check(pem: [UInt8], belongsTo certificate: Certificate) throws(CryptographyError) {
    let input = MemoryInput(pem)
    guard let key = PEM_read_bio_PrivateKey(input.pointer, nil, refusePassPhrase, nil) else {
      throw .fromLibrary(.notPEM, "the text holds no readable, unencrypted private key")
    }
    defer { EVP_PKEY_free(key) }
    let holder = certificate.der.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      return d2i_X509(nil, &next, buffer.count)
    }
    guard let holder else { throw .fromLibrary(.notDER, "the certificate cannot be read again") }
    defer { X509_free(holder) }
    guard X509_check_private_key(holder, key) == 1 else {
      throw .fromLibrary(.badParameter, "the private key does not belong to the certificate")
    }
  }
}
