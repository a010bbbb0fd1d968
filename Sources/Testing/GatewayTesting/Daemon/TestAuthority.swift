import CryptographyKit

/// A certificate authority of a test's own with what it signs, made by the `openssl` program in a temporary folder.
package final class TestAuthority {
  package struct Signed: Sendable {
    package let certificatePath: String
    package let keyPath: String

    package var certificate: [UInt8] { TestFiles.read(certificatePath) }
    package var key: [UInt8] { TestFiles.read(keyPath) }

    /// SHA-256 of the certificate's DER form in hexadecimal, as `openssl` computes it: what a site's party is known by.
    package var fingerprint: String {
      let run = ProgramRun(["openssl", "x509", "-in", certificatePath, "-outform", "DER"])
      return Hexadecimal.encode(SHA256.hash(run.output))
    }
  }

  private let folder = TemporaryFolder()
  package var certificatePath: String { folder.path + "/authority.pem" }
  package var certificate: [UInt8] { TestFiles.read(certificatePath) }

  package init() {
    makeKey("authority")
    openssl(
      "req", "-x509", "-new", "-key", path("authority.key"), "-subj", "/CN=Test Authority", "-days", "30", "-out",
      certificatePath)
  }

  /// A certificate for this machine's loopback.
  package func makeServer() -> Signed {
    sign("server", subject: "/CN=localhost", extensions: "subjectAltName=DNS:localhost,IP:127.0.0.1")
  }

  /// A certificate a party shows; `name` is also its common name.
  package func makeClient(_ name: String) -> Signed {
    sign(name, subject: "/CN=\(name)", extensions: "extendedKeyUsage=clientAuth")
  }

  private func sign(_ name: String, subject: String, extensions: String) -> Signed {
    makeKey(name)
    openssl("req", "-new", "-key", path("\(name).key"), "-subj", subject, "-out", path("\(name).csr"))
    TestFiles.write(extensions + "\n", to: path("\(name).ext"))
    openssl(
      "x509", "-req", "-in", path("\(name).csr"), "-CA", certificatePath, "-CAkey", path("authority.key"),
      "-CAcreateserial", "-days", "30", "-extfile", path("\(name).ext"), "-out", path("\(name).pem"))
    return Signed(certificatePath: path("\(name).pem"), keyPath: path("\(name).key"))
  }

  private func makeKey(_ name: String) {
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path("\(name).key"))
  }

  private func openssl(_ arguments: String...) {
    let run = ProgramRun(["openssl"] + arguments)
    precondition(run.exitCode == 0, "openssl \(arguments[0]) failed: \(run.errorText)")
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }
}
