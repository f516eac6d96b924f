using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>The caller's bytes with another model in them and, for streams, the wish for usage: everything else stays as it was written.</summary>
internal static class BodySplice
{
    /// <summary>The body to send.</summary>
    /// <param name="body">What the caller wrote.</param>
    /// <param name="scan">Where things stand in it.</param>
    /// <param name="model">Name at the target; null leaves the model as it is (it stands in the path).</param>
    /// <param name="askForUsage">The format is told by <c>stream_options</c> to report usage.</param>
    public static ReadOnlyMemory<byte> Make(ReadOnlyMemory<byte> body, in RequestScan scan, string? model, bool askForUsage)
    {
        var rename = model is not null && scan.ModelAt.To > 0 && scan.Model != model;
        var ask = askForUsage && scan.Stream == true && !scan.StreamUsage;
        if (!rename && !ask) return body;
        var name = new RequestScan.Edit(scan.ModelAt.From, scan.ModelAt.To, !rename ? "" : scan.IsForm ? model! : Quote(model!));
        if (!ask) return Replace(body.Span, name, null);
        if (!rename) return Replace(body.Span, scan.UsageEdit, null);
        return name.From < scan.UsageEdit.From ? Replace(body.Span, name, scan.UsageEdit) : Replace(body.Span, scan.UsageEdit, name);
    }

    private static ReadOnlyMemory<byte> Replace(ReadOnlySpan<byte> body, RequestScan.Edit first, RequestScan.Edit? second)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 128);
        output.Write(body[..first.From]);
        Encoding.UTF8.GetBytes(first.Text, output);
        if (second is { } more)
        {
            output.Write(body[first.To..more.From]);
            Encoding.UTF8.GetBytes(more.Text, output);
            output.Write(body[more.To..]);
        }
        else
        {
            output.Write(body[first.To..]);
        }

        return output.WrittenMemory;
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
