using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Cross-origin rules of a route (Fetch standard, §3.2). What the upstream says about them is replaced.</summary>
internal sealed class CorsModel
{
    private readonly FrozenSet<string> _origins;
    private readonly bool _anyOrigin;
    private readonly bool _credentials;
    private readonly string? _methods;
    private readonly string? _headers;
    private readonly string? _exposed;
    private readonly string _maxAge;

    public CorsModel(CorsConfig config, IReadOnlyList<string> routeMethods)
    {
        _origins = config.Origins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _anyOrigin = config.Origins.Contains("*", StringComparer.Ordinal);
        _credentials = config.Credentials;
        _methods = Joined(config.Methods.Count > 0 ? config.Methods : routeMethods);
        _headers = Joined(config.Headers);
        _exposed = Joined(config.ExposeHeaders);
        _maxAge = ((long)config.MaxAge.TotalSeconds).ToString();
    }

    /// <summary>True for a preflight: the question a browser asks before the real call.</summary>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count == 1 && request.Headers.AccessControlRequestMethod.Count == 1;

    /// <summary>Answers a preflight; always false, so that the call goes no further.</summary>
    public bool Answer(GatewayCall call)
    {
        var request = call.Http.Request.Headers;
        if (!Allows(request.Origin))
            return call.Refuse(new Refusal(403, CallOutcome.Forbidden, "cors_origin", "This route does not allow calls from scripts of this origin.", "cors"));

        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        ResponseFinish.Apply(call);
        var headers = call.Http.Response.Headers;
        headers.AccessControlAllowMethods = _methods is null ? request.AccessControlRequestMethod : _methods;
        headers.AccessControlAllowHeaders = _headers is null ? request.AccessControlRequestHeaders : _headers;
        headers.AccessControlMaxAge = _maxAge;
        headers.AccessControlExposeHeaders = default;
        headers.Vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
        return false;
    }

    /// <summary>Says on an actual answer whether scripts of the caller's origin may read it.</summary>
    public void Decorate(HttpRequest request, IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = default;
        headers.AccessControlAllowCredentials = default;
        headers.AccessControlExposeHeaders = default;
        var wildcard = _anyOrigin && !_credentials;
        if (!wildcard) headers.Vary = WithOrigin(headers.Vary);
        var origin = request.Headers.Origin;
        if (origin.Count != 1 || !Allows(origin)) return;
        headers.AccessControlAllowOrigin = wildcard ? "*" : origin;
        if (_credentials) headers.AccessControlAllowCredentials = "true";
        if (_exposed is not null) headers.AccessControlExposeHeaders = _exposed;
    }

    private bool Allows(StringValues origin) => _anyOrigin || (origin.Count == 1 && _origins.Contains(origin.ToString()));

    // Caches must not give an answer made for one origin to another (RFC 9110 §12.5.5).
    private static StringValues WithOrigin(StringValues vary)
    {
        for (var i = 0; i < vary.Count; i++)
            if (vary[i] is { } value && (value == "*" || value.Contains("Origin", StringComparison.OrdinalIgnoreCase))) return vary;
        return StringValues.Concat(vary, "Origin");
    }

    private static string? Joined(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(", ", names);
}
