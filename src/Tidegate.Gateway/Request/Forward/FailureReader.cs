using System.Net.Sockets;
using System.Security.Authentication;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Reads what an exception of the HTTP client means. The one place where exceptions become values.</summary>
internal static class FailureReader
{
    private const long RefusedStream = 0x7; // RFC 9113 §7

    /// <summary>What ended the attempt, and a short reason for the operator.</summary>
    public static (UpstreamFailure Failure, string Reason) Read(Exception exception, AttemptScope scope)
    {
        switch (scope.Cause)
        {
            case CancelCause.CallerGone: return (UpstreamFailure.CallerGone, "the caller went away");
            case CancelCause.Deadline: return (UpstreamFailure.Timeout, "the deadline passed");
            case CancelCause.AttemptTimeout: return (UpstreamFailure.Timeout, "the attempt took too long");
            case CancelCause.Idle: return (UpstreamFailure.Timeout, "silent for too long");
            case CancelCause.GivenUp: return (UpstreamFailure.GivenUp, "another attempt was faster");
            case CancelCause.CallerBody: return (UpstreamFailure.CallerBody, "the request body broke off");
            case CancelCause.Shutdown: return (UpstreamFailure.Shutdown, "the gateway stops");
        }

        return exception switch
        {
            OperationCanceledException { InnerException: TimeoutException } => (UpstreamFailure.Connect, "connecting took too long"),
            HttpRequestException { InnerException: HttpProtocolException { ErrorCode: RefusedStream } } => (UpstreamFailure.NotProcessed, "stream refused"),
            HttpRequestException request => Read(request),
            HttpProtocolException => (UpstreamFailure.Broken, "HTTP/2 error"),
            IOException => (UpstreamFailure.Broken, "connection broke"),
            OperationCanceledException => (UpstreamFailure.Broken, "cancelled by the connection"),
            _ => (UpstreamFailure.Broken, exception.GetType().Name),
        };
    }

    private static (UpstreamFailure Failure, string Reason) Read(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => (UpstreamFailure.Connect, "name not found"),
        HttpRequestError.ConnectionError => (UpstreamFailure.Connect, Socket(exception)),
        HttpRequestError.SecureConnectionError => (UpstreamFailure.Connect, exception.InnerException is AuthenticationException ? "TLS certificate or handshake refused" : "TLS failed"),
        HttpRequestError.VersionNegotiationError => (UpstreamFailure.Connect, "HTTP version refused"),
        HttpRequestError.InvalidResponse => (UpstreamFailure.Garbage, "invalid response"),
        HttpRequestError.ConfigurationLimitExceeded => (UpstreamFailure.Garbage, "headers too large"),
        HttpRequestError.HttpProtocolError => (UpstreamFailure.Broken, "HTTP/2 error"),
        HttpRequestError.ResponseEnded => (UpstreamFailure.Broken, "connection closed before the response"),
        _ => (UpstreamFailure.Broken, "connection broke"),
    };

    private static string Socket(HttpRequestException exception) => (exception.InnerException as SocketException)?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.TimedOut => "connecting timed out",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "unreachable",
        _ => "no connection",
    };
}
