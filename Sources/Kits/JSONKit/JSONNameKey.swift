/// A member name while duplicates are looked for: its entry, and a few of its bytes that equal names share.
struct JSONNameKey {
  let entry: Int
  let key: UInt64
}
