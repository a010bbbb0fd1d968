import CCrypto
import Glibc

extension Certificate {
  /// More certificates in one PEM text are refused: a trust store of the whole world is a mistake here.
  package static let bundleLimit = 1_000

  /// Reads one certificate from DER; bytes behind it are refused.
  package init(der: [UInt8]) throws(CryptographyError) {
    // d2i_X509 moves `next` behind what it has read; the array outlives the call.
    let (certificate, read) = der.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      let certificate = d2i_X509(nil, &next, buffer.count)
      return (certificate, next.map { $0 - buffer.baseAddress! } ?? 0)
    }
    guard let certificate else { throw .fromLibrary(.notDER, "the bytes are no X.509 certificate in DER") }
    defer { X509_free(certificate) }
    guard read == der.count else {
      throw CryptographyError(.notDER, "\(der.count - read) bytes follow the certificate")
    }
    try self.init(reading: certificate)
  }

  /// Reads the first certificate of a PEM text; use `bundle(pem:)` where there may be several.
  package init(pem: [UInt8]) throws(CryptographyError) {
    guard let first = try Self.bundle(pem: pem, limit: 1).first else {
      throw CryptographyError(.notPEM, "the text holds no CERTIFICATE block")
    }
    self = first
  }

  /// Reads every certificate of a PEM text in order: a chain or a list of authorities. At least one is needed.
  package static func bundle(pem: [UInt8]) throws(CryptographyError) -> [Certificate] {
    let all = try bundle(pem: pem, limit: bundleLimit + 1)
    guard all.count <= bundleLimit else {
      throw CryptographyError(.badParameter, "the text holds more than \(bundleLimit) certificates")
    }
    return all
  }

  private static func bundle(pem: [UInt8], limit: Int) throws(CryptographyError) -> [Certificate] {
    let input = MemoryInput(pem)
    var all: [Certificate] = []
    while all.count < limit {
      // The callback answers every question for a pass phrase with "no": libcrypto would ask on the terminal.
      guard let certificate = PEM_read_bio_X509(input.pointer, nil, refusePassPhrase, nil) else {
        let failure = CryptographyError.fromLibrary(.notPEM, "the text holds no readable CERTIFICATE block")
        guard failure.isEndOfPEM, !all.isEmpty else { throw failure }
        break
      }
      defer { X509_free(certificate) }
      all.append(try Certificate(reading: certificate))
    }
    return all
  }

  /// Copies everything out of libcrypto's certificate, which stays the caller's.
  private init(reading certificate: OpaquePointer) throws(CryptographyError) {
    subject = try Self.name(X509_get_subject_name(certificate))
    issuer = try Self.name(X509_get_issuer_name(certificate))
    serialNumber = try Self.serialNumber(X509_get0_serialNumber(certificate))
    notBefore = try Self.seconds(X509_get0_notBefore(certificate))
    notAfter = try Self.seconds(X509_get0_notAfter(certificate))
    dnsNames = try Self.dnsNames(certificate)
    isAuthority = X509_check_ca(certificate) == 1
    der = try Self.der(certificate)
    sha256Fingerprint = SHA256.hash(der)
    // X509_check_ca parses the extensions and leaves entries behind for unknown ones.
    ERR_clear_error()
  }

  private static func name(_ name: OpaquePointer?) throws(CryptographyError) -> String {
    let output = MemoryOutput()
    guard let name, X509_NAME_print_ex(output.pointer, name, 0, lt_readable_name_flags) >= 0 else {
      throw .fromLibrary(.badCertificate, "a distinguished name cannot be read")
    }
    return output.text
  }

  private static func serialNumber(_ number: UnsafePointer<ASN1_INTEGER>?) throws(CryptographyError) -> String {
    let output = MemoryOutput()
    guard let number, i2a_ASN1_INTEGER(output.pointer, number) > 0 else {
      throw .fromLibrary(.badCertificate, "the serial number cannot be read")
    }
    return output.text
  }

  private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptographyError) -> Int64 {
    var broken = tm()
    guard let time, ASN1_TIME_to_tm(time, &broken) == 1 else {
      throw .fromLibrary(.badCertificate, "the validity period cannot be read")
    }
    return Int64(timegm(&broken))
  }

  private static func der(_ certificate: OpaquePointer) throws(CryptographyError) -> [UInt8] {
    let size = i2d_X509(certificate, nil)
    guard size > 0 else { throw .fromLibrary(.badCertificate, "the certificate cannot be written as DER") }
    return [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      // i2d_X509 writes the `size` bytes it has just announced.
      var next = buffer.baseAddress
      count = Int(i2d_X509(certificate, &next))
    }
  }

  private static func dnsNames(_ certificate: OpaquePointer) throws(CryptographyError) -> [String] {
    var criticality: Int32 = 0
    guard let raw = X509_get_ext_d2i(certificate, NID_subject_alt_name, &criticality, nil) else {
      // -1: there is no such extension. Anything else: it is there and broken, or there twice.
      guard criticality == -1 else {
        throw .fromLibrary(.badCertificate, "the subject alternative names cannot be read")
      }
      return []
    }
    // X509_get_ext_d2i returns a GENERAL_NAMES stack that is ours to free.
    let names = OpaquePointer(raw)
    defer { GENERAL_NAMES_free(names) }
    var found: [String] = []
    for place in 0..<OPENSSL_sk_num(names) {
      guard let element = OPENSSL_sk_value(names, place) else { continue }
      let name = element.assumingMemoryBound(to: GENERAL_NAME.self)
      guard name.pointee.type == GEN_DNS, let value = name.pointee.d.dNSName else { continue }
      let bytes = UnsafeBufferPointer(start: ASN1_STRING_get0_data(value), count: Int(ASN1_STRING_length(value)))
      // A NUL inside a name has been used to pass "bank.vn\0.evil.example" off as "bank.vn".
      guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw CryptographyError(.badCertificate, "a DNS name of the certificate holds characters no DNS name has")
      }
      found.append(String(decoding: bytes, as: UTF8.self))
    }
    return found
  }
}

extension CryptographyError {
  /// Whether libcrypto only says that there is no further PEM block.
  fileprivate var isEndOfPEM: Bool {
    guard let last = stack.last else { return false }
    return last.number & 0x7F_FFFF == UInt(PEM_R_NO_START_LINE)
  }
}
