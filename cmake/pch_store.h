// Precompiled for the folders that write and read through the store: nearly every file of theirs needs all its nouns.
#pragma once
#include "pch.h"

#include "domain/ports/store.h"
