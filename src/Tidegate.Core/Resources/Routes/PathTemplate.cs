using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tidegate.Core.Resources.Routes;

/// <summary>
/// The path a route matches, parsed: <c>/orders/{id}/items</c>, <c>/files/{**rest}</c>. A parameter takes a whole segment; <c>{**rest}</c> takes
/// the rest of the path, slashes included. A trailing slash is a last, empty segment and has to match.
/// </summary>
public sealed class PathTemplate
{
    private PathTemplate(string text, IReadOnlyList<PathSegment> segments) => (Text, Segments) = (text, segments);

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Its segments, without the slashes. <c>/</c> has one empty literal.</summary>
    public IReadOnlyList<PathSegment> Segments { get; }

    /// <summary>Names of the parameters, in order.</summary>
    public IEnumerable<string> Parameters => Segments.Where(s => s.Kind != PathSegmentKind.Literal).Select(s => s.Text);

    /// <summary>The same for two templates that take the same paths, whatever their parameters are called.</summary>
    public string Shape
    {
        get
        {
            var shape = new StringBuilder(Text.Length);
            foreach (var segment in Segments)
            {
                shape.Append('/').Append(segment.Kind switch
                {
                    PathSegmentKind.Literal => segment.Text,
                    PathSegmentKind.Parameter => "{}",
                    _ => "{**}",
                });
            }

            return shape.ToString();
        }
    }

    /// <summary>The parsed template, or false with what is wrong and what would be legal.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathTemplate? template, [NotNullWhen(false)] out string? error)
    {
        template = null;
        if (!text.StartsWith('/'))
        {
            error = $"\"{text}\" must begin with a slash.";
            return false;
        }

        var parts = text[1..].Split('/');
        var segments = new PathSegment[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            error = Parse(parts[i], last: i == parts.Length - 1, out segments[i])
                ?? (StandsBefore(segments.AsSpan(0, i), segments[i])
                    ? $"The parameter {{{segments[i].Text}}} stands twice in the path: give them different names."
                    : null);
            if (error is not null) return false;
        }

        template = new PathTemplate(text, segments);
        error = null;
        return true;
    }

    /// <summary>The parsed template; for texts that have been validated.</summary>
    public static PathTemplate Parse(string text) => TryParse(text, out var template, out var error) ? template : throw new FormatException(error);

    private static bool StandsBefore(ReadOnlySpan<PathSegment> before, PathSegment parameter)
    {
        if (parameter.Kind == PathSegmentKind.Literal) return false;
        foreach (var segment in before)
        {
            if (segment.Kind != PathSegmentKind.Literal && segment.Text == parameter.Text) return true;
        }

        return false;
    }

    private static string? Parse(string part, bool last, out PathSegment segment)
    {
        segment = new PathSegment(PathSegmentKind.Literal, part);
        if (!part.Contains('{', StringComparison.Ordinal) && !part.Contains('}', StringComparison.Ordinal)) return PathText.Problem(part);
        if (part[0] != '{' || part[^1] != '}' || part.Count(c => c is '{' or '}') != 2)
            return $"\"{part}\": a parameter takes a whole segment, like {{id}}; match a part of a segment with a header or query condition, or in the service.";

        var name = part[1..^1];
        bool catchAll = name.StartsWith("**", StringComparison.Ordinal);
        if (catchAll) name = name[2..];
        if (!PathText.IsParameterName(name))
            return $"\"{part}\": a parameter's name is a letter or underscore, then letters, digits and underscores; constraints, defaults and optional parameters are not supported.";
        if (catchAll && !last) return $"\"{part}\" takes all of the rest, so it must be the last segment.";
        segment = new PathSegment(catchAll ? PathSegmentKind.CatchAll : PathSegmentKind.Parameter, name);
        return null;
    }
}
