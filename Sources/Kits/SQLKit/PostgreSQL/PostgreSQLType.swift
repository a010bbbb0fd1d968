/// The types of columns the project's schemas use, by their numbers in PostgreSQL's catalogue `pg_type`.
struct PostgreSQLType: RawRepresentable, Equatable {
  let rawValue: UInt32

  static let bool = Self(rawValue: 16)
  static let bytea = Self(rawValue: 17)
  static let name = Self(rawValue: 19)
  static let int8 = Self(rawValue: 20)
  static let int2 = Self(rawValue: 21)
  static let int4 = Self(rawValue: 23)
  static let text = Self(rawValue: 25)
  static let unknown = Self(rawValue: 705)
  static let varchar = Self(rawValue: 1043)
}
