import DocumentKit
import HTTPKit
import SFTPKit

/// The folder of one party: as whom it is reached, and how its requests begin.
struct DestinationFolder: Sendable {
  let account: SFTPAccount
  let path: SFTPPath
  /// `sftp://user@host:port/folder`: two parties may have folders of one name on one server.
  let base: String

  /// By what the party gives; nil, with what is wrong added to `problems`.
  init?(
    at address: DropFolderAddress, _ authentication: PartnerAuthentication, values: [String: String],
    secrets: [String: String], timeouts: HTTPClientTimeouts, problems: inout [DestinationError.Problem]
  ) {
    guard case .ssh(let login) = authentication else { return nil }
    let given = (values[SSHLogin.hostKeysValue] ?? "").split(separator: " ")
    let hostKeys = given.compactMap { SFTPFingerprint(String($0)) }
    guard !hostKeys.isEmpty, hostKeys.count == given.count else {
      problems.append(
        DestinationError.Problem(
          code: .outOfRange, path: ["values", SSHLogin.hostKeysValue],
          message: Sentence(
            "the server is known by nothing: these are no fingerprints of host keys",
            "không có gì để nhận biết máy chủ: đây không phải là dấu vân tay khóa máy chủ"),
          remedy:
            Sentence(
              "write SHA256:… as `ssh-keygen -lf` prints it for the key that the server's operator gave you, several with "
                + "spaces between; there is no other way",
              "hãy viết SHA256:… như `ssh-keygen -lf` in ra cho khóa mà người vận hành máy chủ đưa, nhiều khóa thì cách nhau "
                + "bằng dấu cách; không có cách nào khác")))
      return nil
    }
    func text(_ template: TextTemplate) -> String {
      ResolvedText(template, values: values, secrets: secrets).text(.empty)
    }
    let user = text(login.username)
    guard !user.isEmpty, user.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x40 && $0 != 0x2F && $0 != 0x3A })
    else {
      problems.append(
        DestinationError.Problem(
          code: .unusableSecret, path: ["secrets"] + login.username.places.map(\.itemName),
          message: Sentence("the secret is no user name", "bí mật không phải là tên người dùng"),
          remedy: Sentence(
            "write plain letters, without a line end, @, / and :", "hãy viết chữ thuần, không có xuống dòng, @, / và :")
        ))
      return nil
    }
    let credential: SFTPAccount.Credential =
      if let key = login.key { .key(Array(text(key).utf8)) } else {
        .password(Array(text(login.password ?? TextTemplate(literal: "")).utf8))
      }
    base = "sftp://\(user)@\(address.host):\(address.port)\(address.folder)"
    path = address.folder
    account = SFTPAccount(
      host: address.host, port: address.port, user: user, credential: credential, hostKeys: Set(hostKeys),
      connectTimeout: timeouts.connect, wholeTimeout: timeouts.whole)
  }
}
