import Glibc

extension SecretReference {
  /// Fetches the secret. From a file one line end at the end is left out: editors and `echo` put it there.
  package func load() throws(SecretError) -> Secret {
    switch place {
    case .environment(let name):
      // getenv lends memory of the environment; it is copied before anyone could change the environment.
      guard let value = getenv(name) else { throw SecretError(.variableNotSet, self) }
      return try checked(UnsafeRawBufferPointer(start: value, count: strlen(value)))
    case .file(let path): return try load(file: path)
    }
  }

  /// Whether users other than the owner may read the file; `check` warns of it. False for variables and missing files.
  package var isFileOpenToOthers: Bool {
    guard case .file(let path) = place else { return false }
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IROTH != 0
  }

  private func load(file path: String) throws(SecretError) -> Secret {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SecretError(.unreadable, self, systemError: errno) }
    defer { close(descriptor) }
    // One byte more than allowed, so that a longer file is noticed; and a fixed buffer, because a growing array would
    // leave copies of the secret behind in freed memory.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Secret.bytesLimit + 1, alignment: 1)
    defer {
      if let start = buffer.baseAddress { explicit_bzero(start, buffer.count) }
      buffer.deallocate()
    }
    var count = 0
    while count < buffer.count {
      let got = read(descriptor, buffer.baseAddress! + count, buffer.count - count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw SecretError(.unreadable, self, systemError: errno) }
      if got == 0 { break }
      count += got
    }
    guard count <= Secret.bytesLimit else { throw SecretError(.tooLong, self) }
    if count > 0, buffer[count - 1] == UInt8(ascii: "\n") {
      count -= 1
      if count > 0, buffer[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    }
    return try checked(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
  }

  private func checked(_ bytes: UnsafeRawBufferPointer) throws(SecretError) -> Secret {
    guard !bytes.isEmpty else { throw SecretError(.empty, self) }
    guard bytes.count <= Secret.bytesLimit else { throw SecretError(.tooLong, self) }
    return Secret(copying: bytes)
  }
}
