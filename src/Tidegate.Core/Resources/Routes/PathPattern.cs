using System.Diagnostics.CodeAnalysis;

namespace Tidegate.Core.Resources.Routes;

/// <summary>The path a rewrite or redirect makes, parsed: literal text with parameters of the route's path anywhere, <c>/v2/{id}.json</c>.</summary>
public sealed class PathPattern
{
    private PathPattern(IReadOnlyList<PathPatternPart> parts) => Parts = parts;

    /// <summary>Its parts, in order.</summary>
    public IReadOnlyList<PathPatternPart> Parts { get; }

    /// <summary>Names of the parameters used.</summary>
    public IEnumerable<string> Parameters => Parts.Where(p => p.IsParameter).Select(p => p.Text);

    /// <summary>The parsed pattern, or false with what is wrong and what would be legal.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PathPattern? pattern, [NotNullWhen(false)] out string? error)
    {
        pattern = null;
        if (!text.StartsWith('/'))
        {
            error = $"\"{text}\" must begin with a slash.";
            return false;
        }

        var parts = new List<PathPatternPart>();
        for (int at = 0; at < text.Length;)
        {
            bool parameter = text[at] == '{';
            int end = parameter ? text.IndexOf('}', at) : text.IndexOf('{', at);
            if (parameter && end < 0)
            {
                error = $"\"{text}\": the brace at character {at + 1} is not closed.";
                return false;
            }

            var part = parameter ? text[(at + 1)..end].TrimStart('*') : end < 0 ? text[at..] : text[at..end];
            error = parameter
                ? PathText.IsParameterName(part) ? null : $"\"{{{part}}}\" is not the name of a parameter."
                : part.Contains('}', StringComparison.Ordinal) ? $"\"{text}\": a closing brace without an opening one." : PathText.Problem(part);
            if (error is not null) return false;
            parts.Add(new PathPatternPart(parameter, part));
            at = end < 0 ? text.Length : parameter ? end + 1 : end;
        }

        pattern = new PathPattern(parts);
        error = null;
        return true;
    }

    /// <summary>The parsed pattern; for texts that have been validated.</summary>
    public static PathPattern Parse(string text) => TryParse(text, out var pattern, out var error) ? pattern : throw new FormatException(error);
}
