using System.Runtime.CompilerServices;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Match;

/// <summary>
/// A redirect; parts the configuration leaves out are the request's. What comes from the request is the target, which has no byte that could end the header
/// (Hygiene), and the host, which has none either.
/// </summary>
internal sealed class RedirectAnswer(RedirectConfig config, PathRewrite? path) : RouteAnswer
{
    /// <inheritdoc/>
    public override ValueTask WriteAsync(GatewayCall call)
    {
        var response = call.Http.Response;
        response.StatusCode = config.Status;
        response.Headers.Location = Location(call);
        response.ContentLength = 0;
        ResponseFinish.Apply(call);
        return ValueTask.CompletedTask;
    }

    private string Location(GatewayCall call)
    {
        var request = call.Http.Request;
        var text = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[512]);
        // Without scheme and host the location is relative: it keeps what the caller sees, which behind other proxies we may not know.
        if (config.Scheme is not null || config.Host is not null)
        {
            text.AppendFormatted(config.Scheme ?? call.Scheme);
            text.AppendLiteral("://");
            if (config.Host is { } host) text.AppendFormatted(host);
            else if (config.Scheme is null || string.Equals(config.Scheme, call.Scheme, StringComparison.Ordinal)) text.AppendFormatted(request.Headers.Host.ToString());
            else text.AppendFormatted(HostName.Of(request)); // another scheme has another port
        }

        if (path is not null) path.AppendTo(ref text, call.Requested, call.Parameters);
        else text.AppendFormatted(call.Requested.Path);
        text.AppendFormatted(call.Requested.Query);
        var location = text.ToStringAndClear();
        // "//name" and, for browsers, "/\name" would lead to another host: an open redirect made of the caller's own path.
        return location is ['/', '/' or '\\', ..] ? "/." + location : location;
    }
}
