using System.Text.Json;
using Fluid;
using Fluid.Values;

namespace Tidegate.Core.Prompts.Templates;

/// <summary>The values of a call, as its templates see them. Every look at one asks the clock: that is what ends templates which take too long without writing anything. One per call.</summary>
internal sealed class TemplateValues(Dictionary<string, JsonElement> given, TimeProvider time) : FluidValue
{
    private readonly long _start = time.GetTimestamp();

    public override FluidValues Type => FluidValues.Object;

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context)
    {
        if (time.GetElapsedTime(_start) > PromptLimits.Longest) throw new RenderLimitException("The template takes too long with these values: give shorter ones.");
        return given.TryGetValue(name, out var value) ? JsonValue.Of(value) : NilValue.Instance;
    }

    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => 0;

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => 0;

    public override string ToStringValue() => "";

    public override object ToObjectValue() => this;
}
