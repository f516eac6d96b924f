using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>Instants as whole microseconds since 1970, UTC: sortable, and the same precision as PostgreSQL.</summary>
internal sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
    value => (value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
    stored => new DateTimeOffset((stored * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero));
