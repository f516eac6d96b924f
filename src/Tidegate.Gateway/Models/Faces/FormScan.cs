using System.Text;
using Microsoft.Net.Http.Headers;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>Finds the model in a form with files (RFC 7578), without taking the files apart.</summary>
internal static class FormScan
{
    /// <summary>Walks over a form.</summary>
    /// <param name="body">The form.</param>
    /// <param name="contentType">Its type, which holds the boundary.</param>
    public static RequestScan Read(ReadOnlySpan<byte> body, string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 70 } boundary)
            return RequestScan.Broken("The body is not a form: the path takes multipart/form-data with a boundary.");
        ReadOnlySpan<byte> delimiter = Encoding.Latin1.GetBytes("\r\n--" + boundary);
        string? model = null;
        bool? stream = null;
        (int From, int To) modelAt = default;
        var from = IsDelimiter(body, delimiter[2..]) ? delimiter.Length - 2 : After(body, 0, delimiter);
        while (from >= 0)
        {
            if (body[from..].StartsWith("--"u8)) return RequestScan.OfForm(model, modelAt, stream);
            var head = body[from..].IndexOf("\r\n\r\n"u8);
            if (head < 0) break;
            var value = from + head + 4;
            // Files may hold anything, the boundary's own letters at a line's beginning excepted.
            var next = After(body, value, delimiter);
            if (next < 0) break;
            var end = next - delimiter.Length;
            var name = Name(body.Slice(from, head));
            // Readers differ in which of two counts, as with JSON.
            if ((name == "model" && model is not null) || (name == "stream" && stream is not null)) return RequestScan.Broken($"\"{name}\" stands in the form twice: leave one out.");
            if (name == "model") (model, modelAt) = (Encoding.UTF8.GetString(body[value..end]), (value, end));
            if (name == "stream") stream = body[value..end].SequenceEqual("true"u8);
            from = next;
        }

        return RequestScan.Broken("The body is not a whole form: its closing boundary is missing.");
    }

    // One past the next delimiter; below 0 for none. A line that only begins like one (a longer boundary) is none: taking it for one would show us other parts than the provider sees.
    private static int After(ReadOnlySpan<byte> body, int from, ReadOnlySpan<byte> delimiter)
    {
        while (body[from..].IndexOf(delimiter) is >= 0 and var at)
        {
            if (IsDelimiter(body[(from + at)..], delimiter)) return from + at + delimiter.Length;
            from += at + 1;
        }

        return -1;
    }

    // Followed by the end of its line, blanks before it allowed, or by the two hyphens of the last one.
    private static bool IsDelimiter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter) =>
        body.StartsWith(delimiter) && body[delimiter.Length..] is var rest && (rest.StartsWith("--"u8) || rest.TrimStart(" \t"u8).StartsWith("\r\n"u8));

    private static string? Name(ReadOnlySpan<byte> head)
    {
        foreach (var line in Encoding.UTF8.GetString(head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase) && ContentDispositionHeaderValue.TryParse(line["Content-Disposition:".Length..].Trim(), out var disposition))
                return HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        }

        return null;
    }
}
