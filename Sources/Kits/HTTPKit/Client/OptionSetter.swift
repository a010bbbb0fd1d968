import CCurl

/// Sets options of a libcurl handle, and remembers the first that was refused.
struct OptionSetter {
  let easy: UnsafeMutableRawPointer
  private(set) var firstError: CURLcode?

  init(easy: UnsafeMutableRawPointer) {
    self.easy = easy
  }

  mutating func note(_ code: CURLcode) {
    if code != CURLE_OK, firstError == nil { firstError = code }
  }

  mutating func set(_ option: CURLoption, _ value: Int) {
    note(lt_curl_set_long(easy, option, value))
  }

  /// libcurl copies the text.
  mutating func set(_ option: CURLoption, _ value: String) {
    note(lt_curl_set_string(easy, option, value))
  }

  mutating func setBytes(_ option: CURLoption, _ bytes: [UInt8]) {
    note(bytes.withUnsafeBytes { lt_curl_set_blob(easy, option, $0.baseAddress, $0.count) })
  }

  /// The method and, where there is one, the body, which libcurl copies.
  mutating func setMethod(_ method: HTTPMethod, body: [UInt8], upload: HTTPBodySource?) {
    if let upload {
      set(CURLOPT_POST, 1)
      note(lt_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(upload.count)))
      return set(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }
    if method == .head {
      set(CURLOPT_NOBODY, 1)
      return
    }
    if !body.isEmpty || method == .post || method == .put || method == .patch {
      set(CURLOPT_POST, 1)
      note(lt_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
      note(
        body.withUnsafeBytes { bytes in
          // A body of no bytes must still not be nil, or libcurl would ask for one with a callback.
          bytes.isEmpty
            ? lt_curl_set_string(easy, CURLOPT_COPYPOSTFIELDS, "")
            : lt_curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress)
        })
    } else {
      set(CURLOPT_HTTPGET, 1)
    }
    set(CURLOPT_CUSTOMREQUEST, method.rawValue)
  }

  mutating func setTLS(_ tls: ClientTLS?) {
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    guard let tls else { return }
    if let authorities = tls.authoritiesPEM { setBytes(CURLOPT_CAINFO_BLOB, authorities) }
    if let certificate = tls.certificatePEM, let key = tls.keyPEM {
      set(CURLOPT_SSLCERTTYPE, "PEM")
      set(CURLOPT_SSLKEYTYPE, "PEM")
      setBytes(CURLOPT_SSLCERT_BLOB, certificate)
      setBytes(CURLOPT_SSLKEY_BLOB, key)
    }
  }
}
