/// What a comparison needs from Debian, and may not find.
enum DebianPackage {
  /// Whether all are installed; says so, and what is left out therefore, where one is not.
  static func areInstalled(_ names: [String], for comparison: String) -> Bool {
    let missing = names.filter { name in
      OtherProgram.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", name])?.output != "installed"
    }
    guard !missing.isEmpty else { return true }
    print("left out: \(comparison); the Debian package \(missing.joined(separator: ", ")) is not installed")
    return false
  }
}
