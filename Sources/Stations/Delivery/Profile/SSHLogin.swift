/// How an SFTP server lets us in, and how it is known.
package struct SSHLogin: Sendable {
  /// The party's plain value with the fingerprints of the server's host keys. A party has to give it: there is no profile and no
  /// setting by which any key would do.
  static let hostKeysValue = "hostKeys"

  /// Names of secrets, as all the others.
  package var username: TextTemplate
  /// nil with a key.
  package var password: TextTemplate?
  /// A private key as ssh-keygen writes it.
  package var key: TextTemplate?

  var templates: [TextTemplate] {
    [username, TextTemplate(place: .value(Self.hostKeysValue))] + [password, key].compactMap { $0 }
  }
}
