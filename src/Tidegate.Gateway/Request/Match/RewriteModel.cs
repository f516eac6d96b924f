using System.Runtime.CompilerServices;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Changes a route makes on the way to the upstream and back, compiled when the snapshot is built.</summary>
internal sealed class RewriteModel
{
    private readonly PathRewrite? _path;
    private readonly string[] _strip;
    private readonly string _prefix;
    private readonly QueryEdit _query;
    private readonly bool _keepsTarget;

    public RewriteModel(RewriteConfig config, PathRewrite? path, HeaderEdit request, HeaderEdit response)
    {
        _path = path;
        _strip = config.StripPrefix is { } strip ? strip.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        _prefix = PathRewrite.Encode((config.AddPrefix ?? "").TrimEnd('/'));
        if (_prefix.Length > 0 && _prefix[0] != '/') _prefix = "/" + _prefix;
        _query = new QueryEdit(config.Query);
        _keepsTarget = path is null && _strip.Length == 0 && _prefix.Length == 0 && _query.IsNone;
        RequestHeaders = request;
        ResponseHeaders = response;
    }

    /// <summary>No change.</summary>
    public static RewriteModel None { get; } = new(new RewriteConfig(), null, HeaderEdit.None, HeaderEdit.None);

    /// <summary>Changes of request headers.</summary>
    public HeaderEdit RequestHeaders { get; }

    /// <summary>Changes of response headers.</summary>
    public HeaderEdit ResponseHeaders { get; }

    /// <summary>Path and query for the upstream, to be put behind the destination's base path. Begins with a slash. The caller's own string when nothing changes.</summary>
    public string Target(in RequestTarget target, PathParameters parameters, string? secretParameter)
    {
        if (_keepsTarget && secretParameter is null) return target.Text;
        var text = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[512]);
        text.AppendFormatted(_prefix);
        if (_path is not null) _path.AppendTo(ref text, target, parameters);
        else text.AppendFormatted(Stripped(target.Path));
        _query.AppendTo(ref text, target.Query, secretParameter);
        return text.ToStringAndClear();
    }

    private ReadOnlySpan<char> Stripped(ReadOnlySpan<char> path)
    {
        var rest = path;
        foreach (var segment in _strip)
        {
            if (rest is not ['/', ..]) return path;
            var end = rest[1..].IndexOf('/');
            var own = end < 0 ? rest[1..] : rest[1..(end + 1)];
            // The route may have been matched in another spelling ("/%61pi"); the prefix is the same then.
            if (!own.SequenceEqual(segment) && !(own.Contains('%') && Uri.UnescapeDataString(own.ToString()) == segment)) return path;
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return rest.IsEmpty ? (_prefix.Length > 0 ? rest : "/") : rest;
    }
}
