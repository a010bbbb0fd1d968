import Glibc

/// An object bound to the calling thread for the length of a call, for C callbacks that are given no place to keep it.
struct ThreadBound<Object: AnyObject>: Sendable {
  // The value under the key is borrowed, so there is no destructor.
  private let key: pthread_key_t

  init() {
    var key = pthread_key_t()
    let status = pthread_key_create(&key, nil)
    precondition(status == 0, "the process has no thread-specific key left")
    self.key = key
  }

  /// What is bound to the calling thread now.
  var current: Object? {
    guard let pointer = pthread_getspecific(key) else { return nil }
    return Unmanaged<Object>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Runs `body` with `object` bound to the calling thread, which keeps it alive meanwhile.
  func bind<Result, Failure: Error>(_ object: Object, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let outer = pthread_getspecific(key)
    pthread_setspecific(key, Unmanaged.passUnretained(object).toOpaque())
    defer {
      pthread_setspecific(key, outer)
      withExtendedLifetime(object) {}
    }
    return try body()
  }
}
