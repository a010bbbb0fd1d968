import CryptographyKit
import Glibc
import Testing

@Suite("Certificates")
struct CertificateTests {
  @Test("Subject, issuer, serial number, validity, names and fingerprint are read as openssl wrote them")
  func reading() throws {
    let openssl = try OpenSSLCommand()
    try openssl.makeCertificate(
      subject: "/C=VN/O=Sở Tư pháp, Hà Nội/CN=agency.example",
      extensions: ["subjectAltName=DNS:agency.example,DNS:*.agency.example,IP:192.0.2.1,email:a@example.org"])
    try openssl.run(["x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der"])
    let pem = try Certificate(pem: openssl.bytes("cert.pem"))
    let der = try Certificate(der: openssl.bytes("cert.der"))
    #expect(pem == der)
    #expect(pem.subject == #"CN=agency.example,O=Sở Tư pháp\, Hà Nội,C=VN"#)
    #expect(pem.issuer == pem.subject)
    #expect(pem.serialNumber == "0123ABCD")
    #expect(pem.dnsNames == ["agency.example", "*.agency.example"])
    #expect(pem.isAuthority)
    #expect(pem.der == (try openssl.bytes("cert.der")))
    #expect(pem.sha256Fingerprint == SHA256.hash(pem.der))
    #expect(pem.notAfter - pem.notBefore == 30 * 86_400)
    #expect(abs(pem.notBefore - Int64(time(nil))) < 3_600)
    #expect(pem.isValid(atSeconds: pem.notBefore) && pem.isValid(atSeconds: pem.notAfter))
    #expect(!pem.isValid(atSeconds: pem.notBefore - 1) && !pem.isValid(atSeconds: pem.notAfter + 1))
  }

  @Test("A certificate without alternative names has none, and one for a server is no authority")
  func plain() throws {
    let openssl = try OpenSSLCommand()
    try openssl.makeCertificate(subject: "/CN=x", extensions: ["basicConstraints=critical,CA:FALSE"])
    let certificate = try Certificate(pem: openssl.bytes("cert.pem"))
    #expect(certificate.dnsNames.isEmpty)
    #expect(!certificate.isAuthority)
  }

  @Test("A PEM text with several certificates and other blocks gives all certificates in order")
  func bundle() throws {
    let first = try OpenSSLCommand()
    try first.makeCertificate(subject: "/CN=first")
    let second = try OpenSSLCommand()
    try second.makeCertificate(subject: "/CN=second")
    let text =
      try Array("a comment\n".utf8) + first.bytes("cert.pem") + first.bytes("key.pem") + second.bytes("cert.pem")
    #expect(try Certificate.bundle(pem: text).map(\.subject) == ["CN=first", "CN=second"])
    #expect(try Certificate(pem: text).subject == "CN=first")
  }

  @Test("A block broken in the middle of a bundle is an error and not the end of the bundle")
  func brokenBundle() throws {
    let openssl = try OpenSSLCommand()
    try openssl.makeCertificate(subject: "/CN=first")
    let good = try openssl.bytes("cert.pem")
    let broken = Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
    let error = #expect(throws: CryptographyError.self) { try Certificate.bundle(pem: good + broken) }
    #expect(error?.stack.isEmpty == false)
    let cut = #expect(throws: CryptographyError.self) { try Certificate.bundle(pem: good + good.dropLast(200)) }
    #expect(cut?.stack.isEmpty == false)
  }

  @Test("The key that belongs is accepted; another, an encrypted one and a certificate are refused")
  func privateKeys() throws {
    let openssl = try OpenSSLCommand()
    try openssl.makeCertificate(subject: "/CN=x")
    try openssl.run(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "other.pem"])
    try openssl.run(["pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:secret", "-out", "encrypted.pem"])
    let certificate = try Certificate(pem: openssl.bytes("cert.pem"))
    try PrivateKey.check(pem: openssl.bytes("key.pem"), belongsTo: certificate)
    for name in ["other.pem", "encrypted.pem", "cert.pem"] {
      let error = #expect(throws: CryptographyError.self) {
        try PrivateKey.check(pem: openssl.bytes(name), belongsTo: certificate)
      }
      #expect(error?.stack.isEmpty == false, "\(name)")
    }
  }

  @Test("Bytes behind a certificate, a cut certificate and nothing at all are refused")
  func malformed() throws {
    let openssl = try OpenSSLCommand()
    try openssl.makeCertificate(subject: "/CN=x")
    let der = try Certificate(pem: openssl.bytes("cert.pem")).der
    #expect(throws: CryptographyError.self) { try Certificate(der: der + [0]) }
    #expect(throws: CryptographyError.self) { try Certificate(der: der.dropLast()) }
    #expect(throws: CryptographyError.self) { try Certificate(der: []) }
    #expect(throws: CryptographyError.self) { try Certificate(pem: []) }
    #expect(throws: CryptographyError.self) { try Certificate(pem: openssl.bytes("key.pem")) }
  }

  @Test("libcrypto's error stack is told whole and only once")
  func errorStack() throws {
    func failure(_ bytes: [UInt8]) -> CryptographyError? {
      #expect(throws: CryptographyError.self) { try Certificate(der: bytes) }
    }
    let first = try #require(failure([0x30, 0x03, 0x02, 0x01, 0x01]))
    #expect(first.code == .notDER)
    #expect(first.stack.count >= 2)
    #expect(first.stack.allSatisfy { !$0.library.isEmpty && !$0.reason.isEmpty && $0.number != 0 })
    #expect(first.stack.contains { $0.detail.contains("Type=X509") })
    #expect(first.description.split(separator: "\n").count == first.stack.count + 1)
    let again = try #require(failure([0x30, 0x03, 0x02, 0x01, 0x01]))
    #expect(again.stack == first.stack)
    let other = try #require(#expect(throws: CryptographyError.self) { try Certificate(pem: []) })
    #expect(!other.stack.contains { first.stack.contains($0) })
  }
}
