using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tidegate.Core.Resources.Writing;

/// <summary>Objects as YAML for people: one document each, plain secrets masked. Texts that YAML could take for something else are quoted.</summary>
public static partial class YamlWriter
{
    /// <summary>The text.</summary>
    public static string Shown(IEnumerable<Resource> resources)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithIndentedSequences());
        emitter.Emit(new StreamStart());
        foreach (var node in JsonNode.Parse(DocumentWriter.Shown(resources))!.AsArray())
        {
            emitter.Emit(new DocumentStart(null, null, isImplicit: false));
            Write(emitter, node);
            emitter.Emit(new DocumentEnd(isImplicit: true));
        }

        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>A value as one document.</summary>
    public static string Text(JsonNode? value)
    {
        var text = new StringWriter { NewLine = "\n" };
        // Long texts stay on their line: other tools read these files too.
        var emitter = new Emitter(text, EmitterSettings.Default.WithIndentedSequences().WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, value);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map)
                {
                    Text(emitter, key);
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                bool flow = list.All(n => n is JsonValue);
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, flow ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list) Write(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                Text(emitter, text);
                break;
            default:
                emitter.Emit(new Scalar(node is null ? "null" : node.ToJsonString()));
                break;
        }
    }

    private static void Text(Emitter emitter, string text)
    {
        bool plain = Safe().IsMatch(text) && !Ambiguous().IsMatch(text);
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, plain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, isPlainImplicit: plain, isQuotedImplicit: !plain));
    }

    [GeneratedRegex(@"\A[A-Za-z0-9/._-][A-Za-z0-9/._:@+=*-]*(?<!:)\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Safe();

    // Words and numbers of YAML 1.1 and 1.2, the base-60 ones included: other tools read these files too.
    [GeneratedRegex(@"\A([-.+0-9][0-9._:eE+-]*|0[xo][0-9a-fA-F]+|[-.]+|null|true|false|yes|no|on|off|y|n|\.inf|\.nan)\z|\A-[-. ]|\A---|\A\.\.\.", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ambiguous();
}
