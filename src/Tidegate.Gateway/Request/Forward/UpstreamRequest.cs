using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Makes the request of an attempt out of the caller's: target, version, headers, body.</summary>
internal static class UpstreamRequest
{
    // Paths and queries go on byte by byte: percent-encodings and dots are the destination's to read (Hygiene has refused what is dangerous).
    private static readonly UriCreationOptions Raw = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The request, or null when no target can be made of the caller's.</summary>
    public static HttpRequestMessage? Create(GatewayCall call, Attempt attempt, TimeProvider time)
    {
        var method = call.Http.Request.Method;
        var request = new HttpRequestMessage { Method = Method(method) };
        (request.Version, request.VersionPolicy) = Version(call, attempt);
        if (call.HasBody) request.Content = attempt.Body = new RequestBodyContent(call.Body, attempt);
        else if (!IsIdempotent(method)) request.Content = new EmptyContent();
        if (!Shape(call, attempt, request)) return null;
        if (call.IsGrpc && call.StreamDeadlineTimestamp != Ticks.Never)
            request.Headers.TryAddWithoutValidation("grpc-timeout", CallerDeadline.FormatGrpc(Ticks.Span(time, call.StreamDeadlineTimestamp - time.GetTimestamp())));
        return request;
    }

    /// <summary>Gives a request its target and headers; false when no target can be made of the caller's.</summary>
    public static bool Shape(GatewayCall call, Attempt attempt, HttpRequestMessage request)
    {
        if (!Uri.TryCreate(attempt.Destination.Prefix + call.UpstreamTarget, Raw, out var uri)) return false;
        request.RequestUri = uri;
        CopyHeaders(call, attempt, request);
        return true;
    }

    /// <summary>RFC 9110 §9.2.2.</summary>
    public static bool IsIdempotent(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
        || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    /// <summary>Version of HTTP for a destination, by the service's protocol. Clear text cannot negotiate: HTTP/2 must be known beforehand.</summary>
    public static (Version Version, HttpVersionPolicy Policy) Version(GatewayCall call, Attempt attempt) => attempt.Service.Config.Protocol switch
    {
        UpstreamProtocol.Http2 => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact),
        UpstreamProtocol.Auto when call.IsGrpc => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact),
        UpstreamProtocol.Auto when attempt.Destination.IsSecure => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower),
        _ => (HttpVersion.Version11, HttpVersionPolicy.RequestVersionOrLower),
    };

    private static void CopyHeaders(GatewayCall call, Attempt attempt, HttpRequestMessage request)
    {
        var incoming = call.Http.Request.Headers;
        var own = call.Upstream;
        foreach (var (name, values) in incoming)
        {
            if (HopByHop.Is(name) || Replaced(name, call) || own.Decides(name)) continue;
            Add(request, name, values);
        }

        for (var i = 0; i < own.Count; i++)
            if (own[i] is { Key: var name, Value: { } value }) Add(request, name, value);
        if (call.UpstreamHost is { } host) request.Headers.Host = host;
        else if (attempt.Service.Config.PreserveHost) request.Headers.Host = call.Http.Request.Host.Value;
        // The one value of TE that a gateway may pass on: gRPC servers insist on it (RFC 9113 §8.2.2).
        if (request.Version.Major >= 2 && AsksForTrailers(incoming.TE)) request.Headers.TryAddWithoutValidation("TE", "trailers");
    }

    private static bool Replaced(string name, GatewayCall call) => name.Length switch
    {
        4 => name.Equals("Host", StringComparison.OrdinalIgnoreCase),
        7 => name.Equals("Trailer", StringComparison.OrdinalIgnoreCase), // the HTTP client sends none
        12 => call.IsGrpc && name.Equals("grpc-timeout", StringComparison.OrdinalIgnoreCase),
        14 => name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase), // the body announces itself
        18 => name.Equals(ResponseFinish.CallIdHeader, StringComparison.OrdinalIgnoreCase), // ours to say: a service that logs it must not log what a caller made up
        _ => name[0] == ':',
    };

    private static void Add(HttpRequestMessage request, string name, StringValues values)
    {
        if (values.Count != 1)
        {
            AddMany(request, name, values);
            return;
        }

        var value = values.ToString();
        if (request.Headers.TryAddWithoutValidation(name, value)) return;
        // One of the headers that describe a body, which the client keeps apart.
        (request.Content ??= new EmptyContent()).Headers.TryAddWithoutValidation(name, value);
    }

    private static void AddMany(HttpRequestMessage request, string name, StringValues values)
    {
        // HTTP/2 may split Cookie over several lines; before HTTP/2 they must be one (RFC 9113 §8.2.3).
        if (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)) request.Headers.TryAddWithoutValidation(name, string.Join("; ", values.ToArray()));
        else if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            (request.Content ??= new EmptyContent()).Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
    }

    private static bool AsksForTrailers(StringValues te) => te.Count > 0 && te.ToString().Contains("trailers", StringComparison.OrdinalIgnoreCase);

    private static HttpMethod Method(string method)
    {
        if (HttpMethods.IsGet(method)) return HttpMethod.Get;
        if (HttpMethods.IsPost(method)) return HttpMethod.Post;
        if (HttpMethods.IsPut(method)) return HttpMethod.Put;
        if (HttpMethods.IsDelete(method)) return HttpMethod.Delete;
        if (HttpMethods.IsPatch(method)) return HttpMethod.Patch;
        if (HttpMethods.IsHead(method)) return HttpMethod.Head;
        return HttpMethods.IsOptions(method) ? HttpMethod.Options : new HttpMethod(method);
    }
}
