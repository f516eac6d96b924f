using System.Runtime.CompilerServices;
using System.Text;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Match;

/// <summary>A path pattern with its parameters found: <c>/v2/{id}</c>. Values go in percent-encoded, as the caller sent them.</summary>
internal sealed class PathRewrite
{
    private readonly Part[] _parts;

    private PathRewrite(Part[] parts) => _parts = parts;

    /// <summary>The compiled pattern, or null with what is wrong.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="parameters">Names of the route's parameters, in template order.</param>
    /// <param name="problem">What is wrong.</param>
    public static PathRewrite? Compile(string text, string[] parameters, out string? problem)
    {
        if (!PathPattern.TryParse(text, out var pattern, out problem)) return null;
        var parts = new Part[pattern.Parts.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            var part = pattern.Parts[i];
            parts[i] = part.IsParameter ? new Part("", Array.IndexOf(parameters, part.Text)) : new Part(Encode(part.Text), -1);
            if (!part.IsParameter || parts[i].Parameter >= 0) continue;
            problem = $"\"{text}\" uses {{{part.Text}}}, which match.path does not have.";
            return null;
        }

        return new PathRewrite(parts);
    }

    /// <summary>Appends the path for a call.</summary>
    public void AppendTo(ref DefaultInterpolatedStringHandler path, in RequestTarget target, PathParameters parameters)
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            var part = _parts[i];
            if (part.Parameter >= 0)
            {
                path.AppendFormatted(parameters.Value(target, part.Parameter));
                continue;
            }

            // "/files" taken by "/files/{**rest}" has no rest and no slash before it: "/v2/{rest}" is "/v2" then, not "/v2/".
            var text = part.Text.AsSpan();
            if (text.Length > 1 && text[^1] == '/' && i + 1 == _parts.Length - 1 && EndsBare(target, parameters.Value(target, _parts[i + 1].Parameter))) text = text[..^1];
            path.AppendFormatted(text);
        }
    }

    /// <summary>Percent-encodes what may not stand in a path as it is; what is encoded already stays.</summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is > 0x20 and < 0x7f && !"\"#<>?\\^`{|}".Contains((char)b, StringComparison.Ordinal)) encoded.Append((char)b);
            else encoded.Append('%').Append(b.ToString("X2"));
        }

        return encoded.ToString();
    }

    private static bool EndsBare(in RequestTarget target, ReadOnlySpan<char> rest) => rest.IsEmpty && target.Path is not [.., '/'];

    private readonly record struct Part(string Text, int Parameter);
}
