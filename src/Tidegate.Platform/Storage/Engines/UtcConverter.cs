using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>Instants in UTC, cut to the microseconds that PostgreSQL keeps.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    value => new DateTimeOffset(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
    stored => stored.ToUniversalTime());
