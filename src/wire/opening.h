// The JSON of opening hours, both ways, and of how somebody likes her desk.
#pragma once

#include <string>
#include <string_view>

#include "domain/access.h"
#include "domain/opening.h"
#include "wire/json_reader.h"
#include "wire/json_writer.h"

namespace kith::wire {

void write(JsonWriter& json, const Opening& opening);
// The object under this name; what is wrong with it is remembered by `fields`.
void read_opening_field(JsonFields& fields, std::string_view name, Opening& into);

void write(JsonWriter& json, const Preferences& preferences);
Result<Preferences> decode_preferences(std::string_view body);

}  // namespace kith::wire
