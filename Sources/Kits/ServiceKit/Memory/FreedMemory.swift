import Glibc

/// Gives memory that was freed back to the machine.
///
/// An allocator keeps freed pages for the next call. jemalloc gives them back after ten seconds, but only while somebody
/// allocates: a gateway that rests after it compiled its catalogue would hold the peak of that for ever. Which allocator
/// is there is asked while running, because the program is linked with jemalloc only where it is installed.
package enum FreedMemory {
  /// Gives back what is free now, and has what is freed from now on given back while the process rests. An allocator that
  /// cannot is left alone: it costs memory and breaks nothing.
  package static func giveBack() {
    if let control = symbol("mallctl", as: Control.self) {
      var isOn = true
      _ = control("background_thread", nil, nil, &isOn, MemoryLayout<Bool>.size)
      // The name of jemalloc's manual for “all arenas”: MALLCTL_ARENAS_ALL.
      _ = control("arena.4096.purge", nil, nil, nil, 0)
    } else if let trim = symbol("malloc_trim", as: Trim.self) {
      _ = trim(0)
    }
  }

  private typealias Control =
    @convention(c) (
      UnsafePointer<CChar>, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>?, UnsafeMutableRawPointer?, Int
    ) -> Int32
  private typealias Trim = @convention(c) (Int) -> Int32

  /// A function of the running program, nil where no library brought it.
  private static func symbol<Function>(_ name: String, as type: Function.Type) -> Function? {
    // The callers name the C declaration of the manual that belongs to the symbol.
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }
}
