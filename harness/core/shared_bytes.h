// SharedBytes: a slice of bytes that several owners may hold, because a payload of 8 MiB is sent
// three times and compared once. Immutable, so it may be shared between threads.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sockspec {

class SharedBytes {
 public:
  SharedBytes() = default;
  explicit SharedBytes(std::string bytes)
      : whole_(std::make_shared<const std::string>(std::move(bytes))), size_(whole_->size()) {}

  std::string_view view() const {
    return whole_ ? std::string_view(*whole_).substr(offset_, size_) : std::string_view();
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  SharedBytes slice(std::size_t offset, std::size_t size) const {
    SharedBytes part = *this;
    part.offset_ += offset;
    part.size_ = size;
    return part;
  }

 private:
  std::shared_ptr<const std::string> whole_;
  std::size_t offset_ = 0;
  std::size_t size_ = 0;
};

}  // namespace sockspec
