namespace Tidegate.Core.Prompts.Templates;

/// <summary>Takes a text up to a length, and throws <see cref="RenderLimitException"/> beyond it.</summary>
internal sealed class BoundedWriter(int most) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    /// <summary>Characters that may still be written.</summary>
    public int Left { get; private set; } = most;

    public override void Write(char value)
    {
        Take(1);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Take(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Take(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(string? value)
    {
        Take(value?.Length ?? 0);
        base.Write(value);
    }

    private void Take(int count)
    {
        if (count > Left) throw new RenderLimitException($"The messages are longer than {PromptLimits.MostRendered} characters with these values: give shorter ones.");
        Left -= count;
    }
}
