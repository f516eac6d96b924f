using System.Buffers;
using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Diff;

/// <summary>Walks two objects side by side, down to the keys that differ.</summary>
internal sealed class KeyDiff : IDisposable
{
    private static readonly JsonWriterOptions Text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly RecordShape Metadata = ShapeCatalogue.OfRecord(typeof(ResourceMetadata));

    private readonly KeyPath _path = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private List<KeyChange> _changes = [];

    public KeyDiff() => _writer = new Utf8JsonWriter(_buffer, Text);

    public void Dispose() => _writer.Dispose();

    /// <summary>The differences. An object that is new or gone is compared with one that has nothing but defaults.</summary>
    public IReadOnlyList<KeyChange> Between(Resource? before, Resource? after)
    {
        _changes = [];
        var some = after ?? before!;
        Within("metadata", Metadata, before?.Metadata, after?.Metadata);
        Within("spec", ShapeCatalogue.OfRecord(some.UntypedSpec.GetType()), before?.UntypedSpec, after?.UntypedSpec);
        return _changes;
    }

    private void Within(string key, RecordShape shape, object? before, object? after)
    {
        _path.Push(key);
        Record(shape, before, after);
        _path.Pop();
    }

    private void Record(RecordShape shape, object? before, object? after)
    {
        foreach (var property in shape.Properties)
        {
            var old = before is null ? property.Default : property.Get(before);
            var now = after is null ? property.Default : property.Get(after);
            if (property.Same(old, now)) continue;
            _path.Push(property.Key);
            Value(property.Value, old, now);
            _path.Pop();
        }
    }

    private void Value(ValueShape shape, object? before, object? after)
    {
        if (before is not null && after is not null)
        {
            if (shape is RecordShape record)
            {
                Record(record, before, after);
                return;
            }

            // Lists of plain values are read as a whole; lists of blocks are compared block by block.
            if (shape is ListShape { Element: RecordShape } list)
            {
                List((RecordShape)list.Element, [.. ((IEnumerable)before).Cast<object>()], [.. ((IEnumerable)after).Cast<object>()]);
                return;
            }
        }

        _changes.Add(new KeyChange(_path.ToString(), Json(shape, before), Json(shape, after)));
    }

    /// <summary>Equal blocks at both ends are left out, so an insertion shows as one; what is between is compared in pairs.</summary>
    private void List(RecordShape shape, List<object> before, List<object> after)
    {
        int head = 0, tail = 0, shorter = Math.Min(before.Count, after.Count);
        while (head < shorter && shape.Same(before[head], after[head])) head++;
        while (tail < shorter - head && shape.Same(before[^(tail + 1)], after[^(tail + 1)])) tail++;
        for (int i = head; i < Math.Max(before.Count, after.Count) - tail; i++)
        {
            var old = i < before.Count - tail ? before[i] : null;
            var now = i < after.Count - tail ? after[i] : null;
            _path.Push(i);
            if (old is not null && now is not null) Record(shape, old, now);
            else _changes.Add(new KeyChange(_path.ToString(), old is null ? null : Json(shape, old), now is null ? null : Json(shape, now)));
            _path.Pop();
        }
    }

    private string Json(ValueShape shape, object? value)
    {
        if (value is null) return "null";
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        shape.Write(_writer, value, WriteStyle.Shown);
        _writer.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }
}
