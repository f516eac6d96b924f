using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Reads the caller's own deadline. An illegible one is ignored: it is a wish, not a credential.</summary>
internal static class CallerDeadline
{
    private const string Grpc = "grpc-timeout", Http = "X-Request-Timeout";

    /// <summary>How long the caller will wait; null when it did not say. Only gRPC's covers the whole answer.</summary>
    public static TimeSpan? Read(IHeaderDictionary headers, bool isGrpc)
    {
        if (isGrpc) return headers.TryGetValue(Grpc, out var grpc) ? ParseGrpc(grpc.ToString()) : null;
        return headers.TryGetValue(Http, out var http) ? ParseHttp(http.ToString()) : null;
    }

    /// <summary>At most eight digits and a unit (grpc/doc/PROTOCOL-HTTP2.md).</summary>
    public static TimeSpan? ParseGrpc(ReadOnlySpan<char> value)
    {
        if (value.Length is < 2 or > 9 || !long.TryParse(value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return value[^1] switch
        {
            'H' => TimeSpan.FromHours(number),
            'M' => TimeSpan.FromMinutes(number),
            'S' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMilliseconds(number),
            'u' => TimeSpan.FromMicroseconds(number),
            'n' => TimeSpan.FromTicks(number / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
    }

    /// <summary>Seconds, with a fraction if need be, or a number with one of the units <c>ms</c>, <c>s</c>, <c>m</c>.</summary>
    public static TimeSpan? ParseHttp(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        var (unit, suffix) = value switch
        {
            [.., 'm', 's'] => (0.001, 2),
            [.., 's'] => (1.0, 1),
            [.., 'm'] => (60.0, 1),
            _ => (1.0, 0),
        };
        value = value[..^suffix];
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        return number * unit is > 0 and < 864_000 ? TimeSpan.FromSeconds(number * unit) : null;
    }

    /// <summary>What is left, as a <c>grpc-timeout</c>: milliseconds, which eight digits hold for more than a day.</summary>
    public static string FormatGrpc(TimeSpan left) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp((long)Math.Ceiling(left.TotalMilliseconds), 1, 99_999_999)}m");
}
