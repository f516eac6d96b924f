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
        ReadOnlySpan<byte> delimiter = Encoding.Latin1.GetBytes("--" + boundary);
        string? model = null;
        bool? stream = null;
        (int From, int To) modelAt = default;
        var at = body.IndexOf(delimiter);
        while (at >= 0)
        {
            var from = at + delimiter.Length;
            if (body[from..].StartsWith("--"u8)) return RequestScan.OfForm(model, modelAt, stream);
            var head = body[from..].IndexOf("\r\n\r\n"u8);
            if (head < 0) break;
            var value = from + head + 4;
            // Files may hold anything, the boundary's own letters at a line's beginning excepted.
            var end = body[value..].IndexOf([.. "\r\n"u8, .. delimiter]);
            if (end < 0) break;
            var name = Name(body.Slice(from, head));
            if (name == "model") (model, modelAt) = (Encoding.UTF8.GetString(body.Slice(value, end)), (value, value + end));
            if (name == "stream") stream = body.Slice(value, end).SequenceEqual("true"u8);
            at = value + end + 2;
        }

        return RequestScan.Broken("The body is not a whole form: its closing boundary is missing.");
    }

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
