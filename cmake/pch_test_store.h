// Precompiled for test programs that run use cases on a store.
#pragma once
#include "pch_test.h"

#include "domain/ports/store.h"
