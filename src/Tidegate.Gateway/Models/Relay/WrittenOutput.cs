using Tidegate.Gateway.Models.Guarding;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs;
using Tidegate.Models.Formats;
using Tidegate.Models.Guardrails;
using Tidegate.Models.Prompts;
using Tidegate.Models.Streaming;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>The provider's events, in the caller's format. Where streams may be rescued, what the caller has is kept, and an attempt may go on with what another began.</summary>
internal sealed class WrittenOutput : StreamOutput
{
    private ChoiceProgress _choices;
    private readonly IStreamReader _reader;
    private readonly IStreamWriter _writer;
    private readonly RescueJournal? _journal;
    private readonly Continuation? _goesOn; // null: the stream begins with this attempt
    private readonly AnswerGuard? _guard;
    private readonly AnswerBuilder? _whole;
    private readonly bool _asks; // the whole is shown to an outside guard before anything of it is written
    private readonly List<ChatEvent> _events = [];
    private readonly List<ChatEvent> _guarded = [];
    private readonly List<ChatEvent> _unseen = [];

    public WrittenOutput(GatewayCall call, ModelCall model, ModelAttempt attempt)
        : base(call, model, attempt)
    {
        _reader = attempt.Format.CreateStreamReader();
        _journal = model.Journal;
        _writer = _journal?.Writer ?? model.Face.Format.CreateStreamWriter(model.Context);
        if (_journal?.Writer is not null) _goesOn = new Continuation(_journal.Mode, _journal.Text);
        if (model.Guard is { HoldsStreams: true }) _whole = new AnswerBuilder();
        _asks = model.Guard is { AsksAboutAnswers: true };
        if (!_asks && model.Guard is { ChangesStreams: true } guard) _guard = guard.Answers.Stream(goesOn: _goesOn is not null);
    }

    /// <inheritdoc/>
    public override bool HasNews => _goesOn is null;

    /// <inheritdoc/>
    public override bool TellsUsage => true;

    /// <inheritdoc/>
    public override void Take(in StreamFrame frame)
    {
        _events.Clear();
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) IsDone = true;
        else if (!_reader.Read(frame, _events)) Attempt.Skipped++;
        foreach (var next in _events)
        {
            if (!Take(next)) return;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> PassesAsync()
    {
        if (!_asks) return true;
        Attempt.DueIn(Ticks.Never, CancelCause.Deadline); // what it takes from here on is not the target's time
        var answers = Model.Guard!.Answers;
        if (await answers.HeldAsync(_whole!.Build(), Attempt.Scope.Token) is not { } events)
        {
            Attempt.Fail(answers.Refusal!, CallGuard.Reason);
            return false;
        }

        foreach (var next in events) _writer.Write(next, Target);
        return true;
    }

    /// <inheritdoc/>
    public override void Commit()
    {
        base.Commit();
        if (_journal is null) return;
        _journal.Begin(_writer);
        foreach (var next in _unseen) _journal.Add(next);
        _unseen.Clear();
    }

    /// <inheritdoc/>
    protected override void TakeWhole(ChatAnswer answer)
    {
        foreach (var next in AnswerEvents.Of(answer))
        {
            if (!Take(next)) return;
        }
    }

    /// <inheritdoc/>
    protected override void WriteEnd()
    {
        if (_goesOn is not null && _journal!.Sum(Attempt.Usage) is { } sum) _writer.Write(new Used(sum), Target);
        else if (_goesOn is null && Attempt.Usage is { Estimated: true } counted) _writer.Write(new Used(counted), Target);
        if (_goesOn is null && _writer is PromptStreamWriter prompt) prompt.Cost = CallCost.Of(Attempt.Usage, Attempt.Target.Facts.Price);
        _writer.End(Target);
    }

    /// <inheritdoc/>
    protected override IStreamWriter FailureWriter() => _writer;

    // False: the stream has failed.
    private bool Take(ChatEvent next)
    {
        if (next is Failed failed)
        {
            Attempt.Fail(failed.Error, $"error in the stream: {failed.Error.Kind}");
            return false;
        }

        if (next is Used { Usage.IsPlausible: false }) return true;
        SawContent |= next.IsContent;
        Attempt.Delivered.Add(next);
        if (next is Used used) Attempt.Told(used.Usage);
        if (_goesOn is null)
        {
            if (!_asks && !Show(next)) return false;
        }
        else if (_goesOn.Take(next) is { } news)
        {
            Commit(); // before the writer moves on: what it writes is seen
            if (!Show(news)) return false;
        }
        else if (_goesOn.IsAnother)
        {
            StreamRescue.GiveUp(_journal!, Attempt);
            return false;
        }

        _whole?.Add(next);
        if (next is Finished && _whole is { IsFinished: true } && Model.Guard!.Shape?.Fits(Model, Attempt, _whole.Build()) == false) return false;
        if (next.IsContent) _choices.Begin(next.Choice);
        if (next is Finished) _choices.End(next.Choice);
        IsFinished = _choices.IsWhole;
        return true;
    }

    // The journal keeps what the model said: that is what another goes on with.
    private bool Show(ChatEvent next)
    {
        if (_guard is null) _writer.Write(next, Target);
        else if (!ShowGuarded(next, _guard)) return false;
        if (Attempt.Committed) _journal?.Add(next);
        else if (_journal is not null) _unseen.Add(next);
        return true;
    }

    private bool ShowGuarded(ChatEvent next, AnswerGuard guard)
    {
        _guarded.Clear();
        guard.Take(next, _guarded);
        if (Model.Guard!.Answers.Check(guard) is { } refusal)
        {
            _journal?.Stop();
            Attempt.Fail(refusal, CallGuard.Reason);
            return false;
        }

        foreach (var told in _guarded) _writer.Write(told, Target);
        return true;
    }
}
