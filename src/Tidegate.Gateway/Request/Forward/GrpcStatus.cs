using System.Globalization;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Reads <c>grpc-status</c>.</summary>
internal static class GrpcStatus
{
    /// <summary>Status that says the deadline passed at the server.</summary>
    public const int DeadlineExceeded = 4;

    /// <summary>The content type of gRPC, with or without a format; gRPC-Web is not gRPC: it is plain HTTP to us.</summary>
    public static bool IsGrpc(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) && (contentType.Length == 16 || contentType[16] is '+' or ';' or ' ');

    /// <summary>Puts the status into the record; an illegible one counts as UNKNOWN (2).</summary>
    public static void Note(GatewayCall call, string value) =>
        call.Record.GrpcStatus = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 2;

    /// <summary>
    /// Statuses that are the service's failure and not the caller's: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS
    /// (OpenTelemetry's semantic conventions for gRPC servers).
    /// </summary>
    public static bool IsServerFailure(int status) => status is 2 or DeadlineExceeded or 12 or 13 or 14 or 15;
}
